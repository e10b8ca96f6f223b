from django.db import migrations


def lay_by_key(apps, schema_editor):
    """In SQLite the rows of the figures stand in the tree of their key, not beside it.

    A figure is then written once, not twice, and found without a second look-up. PostgreSQL has nothing of the kind.
    Only how the rows are stored changes: columns, key and checks are those the table was made with.
    """
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'absence_figure'")
        (made,) = cursor.fetchone()
        if "WITHOUT ROWID" in made:
            return
        cursor.execute(made.replace('"absence_figure"', '"new__absence_figure"', 1) + " WITHOUT ROWID")
        cursor.execute("INSERT INTO new__absence_figure SELECT * FROM absence_figure")
        cursor.execute("DROP TABLE absence_figure")
        cursor.execute("ALTER TABLE new__absence_figure RENAME TO absence_figure")


class Migration(migrations.Migration):
    dependencies = [("absence", "0003_staged_blocks")]

    operations = [migrations.RunPython(lay_by_key, migrations.RunPython.noop)]
