"""Ollama's /api/chat, one JSON object a line: https://github.com/ollama/ollama/blob/main/docs/api.md."""

import json
from collections.abc import Iterator
from typing import Any

STREAM_TYPE = "application/x-ndjson"


def speaks(path: str) -> bool:
    return path == "/api/chat"


def streams(received: Any) -> bool:
    return bool(received.body.get("stream", True))


def forced_tool(body: Any) -> str:
    """Ollama can't be forced to call a tool; a shape comes as JSON."""
    return ""


def error(status: int, message: str) -> dict[str, Any]:
    return {"error": message}


def whole(message: Any) -> dict[str, Any]:
    return _turn(message.text, message) | _counts(message)


def parts(message: Any, received: Any) -> Iterator[bytes]:
    if message.text:
        yield from (_line(_turn(word)) for word in message.words())
    if message.calls:
        yield _line(_turn("", message))


def ending(message: Any, received: Any) -> Iterator[bytes]:
    yield _line(_turn("") | _counts(message))


def _turn(text: str, message: Any = None) -> dict[str, Any]:
    turn: dict[str, Any] = {"role": "assistant", "content": text}
    if message is not None and message.calls:
        turn["tool_calls"] = [
            {"function": {"name": name, "arguments": dict(arguments)}} for name, arguments in message.calls
        ]
    return {"model": "loopback", "created_at": "2026-01-01T00:00:00Z", "message": turn, "done": False}


def _counts(message: Any) -> dict[str, Any]:
    read, written = message.tokens
    return {
        "done": True,
        "done_reason": "stop",
        "total_duration": 1,
        "load_duration": 1,
        "prompt_eval_count": read,
        "prompt_eval_duration": 1,
        "eval_count": written,
        "eval_duration": 1,
    }


def _line(event: dict[str, Any]) -> bytes:
    return json.dumps(event).encode() + b"\n"
