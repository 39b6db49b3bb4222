"""Writes WebAssembly modules byte by byte: for what wat2wasm cannot express, and for bombs."""

import sys

I32, I64, FUNCREF, STRUCT, VOID = 0x7F, 0x7E, 0x70, 0x5F, 0x40

HEADER = b"\0asm\1\0\0\0"

# Instructions without immediate operands, and those with indices or unsigned numbers only.
OPCODES = {
    "unreachable": b"\x00", "nop": b"\x01", "end": b"\x0b", "return": b"\x0f", "drop": b"\x1a",
    "br": b"\x0c", "br_if": b"\x0d", "call": b"\x10", "call_ref": b"\x14", "throw": b"\x08",
    "local.get": b"\x20", "local.set": b"\x21", "local.tee": b"\x22",
    "i32.load": b"\x28", "memory.fill": b"\xfc\x0b",
    "i32.eqz": b"\x45", "i32.ne": b"\x47", "i32.lt_u": b"\x49", "i32.add": b"\x6a",
    "i32.sub": b"\x6b", "i32.mul": b"\x6c", "i32.xor": b"\x73", "i32.rotl": b"\x77",
    "i64.add": b"\x7c", "i64.extend_i32_u": b"\xad", "i32.wrap_i64": b"\xa7",
    "ref.func": b"\xd2", "struct.new": b"\xfb\x00", "struct.get": b"\xfb\x02",
}


def unsigned(number):
    """A number in LEB128."""
    encoded = bytearray()
    while True:
        byte = number & 0x7F
        number >>= 7
        encoded.append(byte | (0x80 if number else 0))
        if not number:
            return bytes(encoded)


def signed(number):
    """A number in signed LEB128."""
    encoded = bytearray()
    while True:
        byte = number & 0x7F
        number >>= 7
        last = number == (-1 if byte & 0x40 else 0)
        encoded.append(byte | (0 if last else 0x80))
        if last:
            return bytes(encoded)


def vector(items):
    """A count and the items."""
    items = list(items)
    return unsigned(len(items)) + b"".join(items)


def text(string):
    """A name."""
    encoded = string.encode()
    return unsigned(len(encoded)) + encoded


def code(source):
    """Instructions, one to a line; blocks have no type, `try_table` catches all to label 0."""
    encoded = b""
    for line in source.strip().splitlines():
        name, *operands = line.split(";")[0].split()
        if name in ("block", "loop", "if"):
            encoded += {"block": b"\x02", "loop": b"\x03", "if": b"\x04"}[name] + b"\x40"
        elif name == "try_table":
            encoded += b"\x1f\x40" + vector([b"\x02" + unsigned(0)])
        elif name == "i32.const":
            encoded += b"\x41" + signed(int(operands[0], 0))
        else:
            encoded += OPCODES[name] + b"".join(unsigned(int(each, 0)) for each in operands)
    return encoded


def function_type(parameters, results):
    """A function type."""
    return b"\x60" + vector(bytes([each]) for each in parameters) + vector(
        bytes([each]) for each in results)


def body(instructions, local_groups=()):
    """A function's code: groups of locals as (count, type), and instructions without the end."""
    groups = vector(unsigned(count) + bytes([kind]) for count, kind in local_groups)
    content = groups + instructions + b"\x0b"
    return unsigned(len(content)) + content


def section(number, content):
    """One section."""
    return bytes([number]) + unsigned(len(content)) + content


def function_export(name, index):
    """One export of a function."""
    return text(name) + b"\x00" + unsigned(index)


def module(types, functions, exports, imports=(), memory=None, tags=()):
    """A module; functions are (name, type index, body), imports (module, name, type index)."""
    imports = list(imports)
    parts = [section(1, vector(types))]
    if imports:
        parts.append(section(2, vector(
            text(where) + text(name) + b"\x00" + unsigned(kind) for where, name, kind in imports)))
    parts.append(section(3, vector(unsigned(kind) for _, kind, _ in functions)))
    if memory is not None:
        parts.append(section(5, vector([b"\x01" + unsigned(memory) + unsigned(memory)])))
    if tags:
        parts.append(section(13, vector(b"\x00" + unsigned(kind) for kind in tags)))
    parts.append(section(7, vector(exports)))
    parts.append(section(10, vector(content for _, _, content in functions)))
    names = vector(
        unsigned(len(imports) + index) + text(name)
        for index, (name, _, _) in enumerate(functions) if name)
    parts.append(section(0, text("name") + b"\x01" + unsigned(len(names)) + names))
    return HEADER + b"".join(parts)


def write(content):
    """Writes the module to standard output."""
    sys.stdout.buffer.write(content)
