
import django.db.models.deletion
import loans.models.upload
import uuid
import vault.fields
from django.conf import settings
from django.db import migrations, models


def give_each_paper_its_page(apps, schema_editor):
    """The file of a paper becomes its first page; the bytes stay where they lie."""
    Document, Page = (apps.get_model("loans", name) for name in ("Document", "Page"))
    papers = Document.objects.order_by("pk").values_list("pk", "file_id")
    Page.objects.bulk_create((Page(document_id=pk, file_id=file, number=1) for pk, file in papers.iterator()), 500)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending when a column goes


class Migration(migrations.Migration):

    dependencies = [
        ('loans', '0010_languages'),
        ('vault', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('sheets', models.PositiveIntegerField(default=1)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='loans.document')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='page', to='vault.storedfile')),
                ('thumbnail', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='page_in_small', to='vault.storedfile')),
            ],
            options={
                'ordering': ['document', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=loans.models.upload.new_code, max_length=43, unique=True)),
                ('kind', models.SlugField()),
                ('name', vault.fields.EncryptedTextField()),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('arrived', models.PositiveIntegerField(default=0)),
                ('touched_at', models.DateTimeField()),
                ('outcome', models.SlugField(blank=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='loans.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='loans.page')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='piece', to='vault.storedfile')),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='loans.upload')),
            ],
            options={
                'ordering': ['start'],
            },
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.UniqueConstraint(fields=('document', 'number'), name='one_page_a_number'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.UniqueConstraint(fields=('upload', 'start'), name='one_piece_a_place'),
        ),
        migrations.RunPython(give_each_paper_its_page, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='document',
            name='file',
        ),
    ]
