"""What the garden reads and writes: what is stored is version 2's; version 1's serializers translate."""

from __future__ import annotations

from typing import Any

from tests.frameworks import drf_settings  # noqa: F401 - configures Django, which the framework needs when it is imported

# isort: split
from rest_framework import serializers

Record = dict[str, Any]


class Text(serializers.CharField):
    """A string that is kept as it came: the framework would otherwise strip white space."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, **options)


class PlantV1(serializers.Serializer[Record]):
    """A plant as version 1 has it."""

    id = serializers.CharField(read_only=True)
    name = Text(max_length=60)
    price = serializers.DecimalField(max_digits=6, decimal_places=2, min_value=0)
    height_cm = serializers.IntegerField(min_value=0, max_value=20_000)
    planted_on = serializers.DateField(allow_null=True, default=None)

    def to_internal_value(self, data: Any) -> Record:
        """Store what version 2 stores."""
        value = super().to_internal_value(data)
        return {
            "common_name": value["name"],
            "price_cents": int(value["price"] * 100),
            "height_cm": value["height_cm"],
            "planted_on": value["planted_on"],
        }

    def to_representation(self, instance: Record) -> Record:
        """Read what version 2 stores."""
        price = f"{instance['price_cents'] // 100}.{instance['price_cents'] % 100:02}"
        return super().to_representation({**instance, "name": instance["common_name"], "price": price})


class PlantV2(serializers.Serializer[Record]):
    """A plant as version 2 has it."""

    id = serializers.CharField(read_only=True)
    common_name = Text(max_length=60)
    price_cents = serializers.IntegerField(min_value=0, max_value=999_999)
    height_cm = serializers.IntegerField(min_value=0, max_value=20_000)
    planted_on = serializers.DateField(allow_null=True, default=None)


class BedV1(serializers.Serializer[Record]):
    """A bed as version 1 has it."""

    id = serializers.CharField(read_only=True)
    label = Text(max_length=40)
    area_m2 = serializers.IntegerField(min_value=1, max_value=1000)
    sunny = serializers.BooleanField()

    def to_internal_value(self, data: Any) -> Record:
        """Store what version 2 stores."""
        value = super().to_internal_value(data)
        value["exposure"] = "sun" if value.pop("sunny") else "shade"
        return value

    def to_representation(self, instance: Record) -> Record:
        """Read what version 2 stores."""
        return super().to_representation({**instance, "sunny": instance["exposure"] == "sun"})


class BedV2(serializers.Serializer[Record]):
    """A bed as version 2 has it."""

    id = serializers.CharField(read_only=True)
    label = Text(max_length=40)
    area_m2 = serializers.IntegerField(min_value=1, max_value=1000)
    exposure = serializers.ChoiceField(["sun", "half", "shade"], error_messages={"invalid_choice": "Not an exposure."})


class RawBedV2(BedV2):
    """The same with the framework's own message, which quotes the input; half a surrogate pair in it is a 500."""

    exposure = serializers.ChoiceField(["sun", "half", "shade"])
