"""
Does: nothing, and says in the form of `cargo auditable` and in CycloneDX which parts it was built of.

Must: load and succeed; `cordon scan --advisories` says WVS-V001 of those that an advisory speaks of.
"""
import json
import zlib

from wasm import I32, body, code, function_export, function_type, module, section, text, write

PACKAGES = {"packages": [
    {"name": "vulnerable-parts", "version": "1.0.0", "source": "local", "dependencies": [1, 2],
     "root": True},
    {"name": "leaky-buffer", "version": "0.3.1", "source": "crates.io"},
    {"name": "solid-rock", "version": "2.0.0", "source": "crates.io"},
]}
DOCUMENT = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
    {"type": "library", "name": "old-regex", "version": "4.1.0",
     "purl": "pkg:npm/%40samples/old-regex@4.1.0"},
]}


def custom(name, content):
    """A custom section."""
    return section(0, text(name) + content)


write(module(
    [function_type([], [I32])],
    [("run", 0, body(code("i32.const 0")))],
    [function_export("run", 0)])
    + custom(".dep-v0", zlib.compress(json.dumps(PACKAGES).encode()))
    + custom("sbom", json.dumps(DOCUMENT).encode()))
