"""A user's file is read within a limit and written whole or not at all."""

from pathlib import Path

import pytest

from lekti.base.errors import InputError, MachineError
from lekti.base.files import read_user_text, write_new_text


def read(path: Path) -> str:
    return read_user_text(path, limit_bytes=1000, noun="case file")


def test_text_comes_back_without_its_byte_order_mark(tmp_path: Path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: a\n")
    assert read(path) == "id: a\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"  \n\n", "is empty"),
        (b"id\x00", "binary"),
        (b"id: a\n\xff\xfe\n", ":2"),
        (b"a" * 1001, "at most 0.001 MB"),
    ],
)
def test_unusable_content_is_refused(tmp_path: Path, content: bytes, told: str):
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=told):
        read(path)


def test_a_missing_file_a_folder_and_a_device_are_refused(tmp_path: Path):
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "none.yaml")
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(InputError, match="no regular file"):
        read(Path("/dev/zero"))


def test_an_oversized_file_is_refused_without_reading_it(tmp_path: Path):
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(InputError, match="100,000,000 bytes"):
        read(path)


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path):
    path = tmp_path / "a.yaml"
    write_new_text(path, "one")
    with pytest.raises(MachineError, match="--force"):
        write_new_text(path, "two")
    assert path.read_text() == "one"
    write_new_text(path, "two", force=True)
    assert path.read_text() == "two"


def test_nothing_is_left_beside_the_file(tmp_path: Path):
    write_new_text(tmp_path / "a.yaml", "one")
    with pytest.raises(UnicodeEncodeError):
        write_new_text(tmp_path / "b.yaml", "\udc80")
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_a_folder_or_a_missing_folder_is_refused(tmp_path: Path):
    with pytest.raises(MachineError, match="is a folder"):
        write_new_text(tmp_path, "one")
    with pytest.raises(MachineError, match="does not exist"):
        write_new_text(tmp_path / "none" / "a.yaml", "one")


def test_a_name_no_file_system_can_hold_is_refused(tmp_path: Path):
    endless = tmp_path / ("x" * 300)
    with pytest.raises(InputError, match="cannot be read: File name too long"):
        read(endless)
    with pytest.raises(MachineError, match="cannot be written: File name too long"):
        write_new_text(endless, "one")
