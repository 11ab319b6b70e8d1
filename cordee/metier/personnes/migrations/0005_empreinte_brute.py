from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('personnes', '0004_contacts_des_fichiers'),
    ]

    operations = [
        migrations.AddField(
            model_name='foyer',
            name='empreinte_brute',
            field=models.BinaryField(max_length=32, null=True, verbose_name='empreinte des octets du dernier contenu'),
        ),
    ]
