// Enriches an order by what a server says, with the AssemblyScript PDK of Extism.
//
// enrich: takes a JSON object, asks the server at the configuration's `enrich_url` with GET, and
// gives the object with one more member: `enrich_field` of the answer, `region` unless configured.

import { Config, Host, Memory } from "@extism/as-pdk";
import { error_set, http_request, length } from "@extism/as-pdk/lib/env";

@external("extism:host/env", "http_status_code")
declare function http_status_code(): i32;

const OK = 200;

/** What a failed assertion calls. */
export function abort(text: string | null, file: string | null, line: u32, column: u32): void {
  unreachable();
}

function fail(text: string): i32 {
  error_set(Memory.allocateString(text).offset);
  return 1;
}

function quoted(text: string): string {
  let result = '"';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20) {
      return '""'; // no URL
    }
    if (code == 0x22 || code == 0x5c) {
      result += "\\";
    }
    result += text.charAt(i);
  }
  return result + '"';
}

/** The text or number that a member of a flat JSON object has, as it stands there; else "". */
function member(json: string, name: string): string {
  const label = quoted(name);
  let at = json.indexOf(label);
  if (at < 0) {
    return "";
  }
  at += label.length;
  while (at < json.length && " :\t\r\n".includes(json.charAt(at))) {
    at++;
  }
  const from = at;
  if (json.charAt(at) == '"') {
    at++;
    while (at < json.length && json.charAt(at) != '"') {
      at += json.charAt(at) == "\\" ? 2 : 1;
    }
    return at < json.length ? json.substring(from, at + 1) : "";
  }
  while (at < json.length && "-+.0123456789eE".includes(json.charAt(at))) {
    at++;
  }
  return json.substring(from, at);
}

export function enrich(): i32 {
  const order = Host.inputString().trim();
  if (!order.startsWith("{") || !order.endsWith("}")) {
    return fail("the order is not a JSON object");
  }
  const url = Config.get("enrich_url");
  if (url === null) {
    return fail("`enrich_url` is not configured");
  }
  const wanted = Config.get("enrich_field");
  const field = wanted === null ? "region" : wanted;
  const request = '{"method":"GET","url":' + quoted(url) + "}";
  const body = http_request(Memory.allocateString(request).offset, 0);
  const status = http_status_code();
  if (status != OK) {
    return fail("the server answered with status " + status.toString());
  }
  const answer = body == 0 ? "" : new Memory(body, length(body)).toString();
  const value = member(answer, field);
  if (value.length == 0) {
    return fail("the server's answer has no `" + field + "`");
  }
  const inside = order.substring(1, order.length - 1).trim();
  const comma = inside.length == 0 ? "" : ",";
  const result = "{" + inside + comma + quoted(field) + ":" + value + "}";
  Host.output(Uint8Array.wrap(String.UTF8.encode(result)));
  return 0;
}
