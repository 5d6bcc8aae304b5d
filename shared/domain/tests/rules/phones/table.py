#!/usr/bin/env python3
"""Makes numbers.tsv: for every region of libphonenumber, its example of a mobile number and random valid ones, each in
several spellings. A line is a region, a number in E.164 form, the region that the numbering plan gives it, and the
spellings, as far as libphonenumber itself reads the number in them.

  tests/run exec shared/domain/tests/rules/phones/table.py
"""
import random
import sys
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType

TAKE_MESSAGES = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
RANDOM_NUMBERS = 1
ZEROS = {"fullwidth": 0xFF10, "arabic": 0x660, "devanagari": 0x966}


def in_digits(text, zero):
    """Returns a text with its digits in another script."""
    return "".join(chr(zero + int(c)) if c in "0123456789" else c for c in text)


def takes_messages(number, region):
    is_valid = phonenumbers.is_valid_number_for_region(number, region)
    return is_valid and phonenumbers.number_type(number) in TAKE_MESSAGES


def random_numbers(region, example, count, start=""):
    """Returns valid numbers of a region, which begin so: random ones, or the example with other last digits."""
    code = phonenumbers.country_code_for_region(region)
    national = phonenumbers.national_significant_number(example)
    metadata = PhoneMetadata.metadata_for_region(region)
    lengths = metadata.mobile.possible_length or metadata.general_desc.possible_length
    found = set()
    for attempt in range(5_000):
        if len(found) == count:
            break
        kept = 0 if start or attempt < 2_000 else random.randrange(len(national))
        length = random.choice(lengths) if kept == 0 else len(national)
        digits = start or national[:kept]
        digits += "".join(random.choice("0123456789") for _ in range(length - len(digits)))
        try:
            number = phonenumbers.parse(f"+{code}{digits}", None)
        except phonenumbers.NumberParseException:
            continue
        if number != example and takes_messages(number, region):
            found.add(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    return [phonenumbers.parse(text, None) for text in sorted(found)]


def written(number):
    """Returns the forms that libphonenumber itself writes, in digits of several scripts."""
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    script = random.choice(sorted(ZEROS))
    yield national
    yield international
    yield e164
    yield in_digits(national, ZEROS[script])
    yield in_digits(international.replace("+", "\uff0b"), ZEROS["fullwidth"])


def improvised(number, region):
    """Returns what people make of them: without the trunk prefix, with both prefixes, dialled from abroad."""
    international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    yield phonenumbers.national_significant_number(number)
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata.international_prefix and metadata.international_prefix.isdecimal():
        yield metadata.international_prefix + international.removeprefix("+")
    if metadata.national_prefix == "0" and not number.italian_leading_zero:
        code, rest = international.split(" ", 1) if " " in international else (international, "")
        if rest:
            yield f"{code} (0){rest}"


def is_read(text, region, number):
    try:
        return phonenumbers.parse(text, region) == number
    except phonenumbers.NumberParseException:
        return False


def main():
    random.seed(phonenumbers.__version__)
    lines, left_out = [], 0
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        example = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE)
        if example is None:
            print(f"{region}: has no mobile numbers", file=sys.stderr)
            continue
        code = str(example.country_code)
        numbers = [
            example,
            *random_numbers(region, example, RANDOM_NUMBERS),
            # Those that look as if the calling code were written already.
            *random_numbers(region, example, 1, start=code),
        ]
        for number in numbers:
            typed = dict.fromkeys([*written(number), *improvised(number, region)])
            read = [text for text in typed if is_read(text, region, number)]
            left_out += len(typed) - len(read)
            e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
            lines.append("\t".join([region, e164, phonenumbers.region_code_for_number(number), *read]))
    Path(__file__).with_name("numbers.tsv").write_text("\n".join(lines) + "\n")
    spelled = sum(line.count("\t") - 2 for line in lines)
    print(f"{len(lines)} numbers, {spelled} spellings, {left_out} that libphonenumber does not read so", file=sys.stderr)


if __name__ == "__main__":
    main()
