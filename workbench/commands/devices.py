"""`fretcoach devices`: the inputs of the sound cards."""

import rich_click as click
from rich.console import Console
from rich.table import Table

from workbench.audio.devices import NO_INPUT, input_devices
from workbench.audio.source import SourceError


@click.command()
def devices() -> None:
    """List the sound card inputs that you can practise with."""
    try:
        inputs = input_devices()
    except SourceError as error:
        raise click.ClickException(str(error)) from error
    console = Console(highlight=False)
    if not inputs:
        console.print(NO_INPUT)
        return
    table = Table(box=None, pad_edge=False)
    for column in ("Number", "Name", "Channels", "Rate", "System", ""):
        table.add_column(column)
    for device in inputs:
        table.add_row(
            str(device.index),
            device.name,
            str(device.channels),
            f"{device.sample_rate:g} Hz",
            device.host,
            "default" if device.default else "",
        )
    console.print(table)
    console.print("Choose one with: fretcoach practice --source device --device NUMBER --channel 1")
