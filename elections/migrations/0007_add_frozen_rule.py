from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0006_add_outcome_rules'),
    ]

    operations = [
        migrations.AddField('outcome', 'rule_text', models.TextField(default='', help_text='Quy định được áp dụng, theo lời của ngày đó.'), preserve_default=False),
        migrations.AddField('outcome', 'rule_from', models.DateField(default='2013-02-01', help_text='Ngày đầu quy định có hiệu lực.'), preserve_default=False),
        migrations.AddField('outcome', 'rule_to', models.DateField(blank=True, help_text='Ngày cuối, để trống nếu lúc đó còn hiệu lực.', null=True)),
        migrations.AddField('outcome', 'way', models.CharField(choices=[('totals', 'đếm tay, hai người nhập tổng số'), ('ballots', 'đọc từng phiếu, hai người nhập'), ('scans', 'quét phiếu')], default='totals', max_length=8)),
        migrations.AddField('outcome', 'records_digest', models.CharField(default='', help_text='SHA-256 của các bản ghi kiểm phiếu, kể cả phiếu quét.', max_length=64), preserve_default=False),
        migrations.AddConstraint('outcome', models.CheckConstraint(condition=Q(rule_to=None) | Q(rule_to__gte=F('rule_from')), name='elections_outcome_rule_in_force', violation_error_message='Thời hạn hiệu lực của quy định không đúng.')),
    ]
