from django.db import migrations, models

from forums.index import AddIndexAside, make


class Migration(migrations.Migration):
    """While others read and write: not in a transaction, so each step can be done again."""

    atomic = False
    dependencies = [
        ('forums', '0004_stems'),
    ]

    operations = [
        AddIndexAside(
            model_name='post',
            index=models.Index(fields=['board', '-created_at', '-id'], name='posts_of_a_board'),
        ),
        AddIndexAside(
            model_name='post',
            index=models.Index(condition=models.Q(('stems', None)), fields=['id'], name='posts_not_indexed'),
        ),
        make('forums_post'),
    ]
