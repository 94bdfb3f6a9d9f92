"""Gemini's generateContent and streamGenerateContent: https://ai.google.dev/api/generate-content."""

import json
from collections.abc import Iterator
from typing import Any

STREAM_TYPE = "text/event-stream"


def speaks(path: str) -> bool:
    return ":generateContent" in path or ":streamGenerateContent" in path


def streams(received: Any) -> bool:
    return ":streamGenerateContent" in received.path


def forced_tool(body: Any) -> str:
    """The tool that the answer has to call; "" where none is forced."""
    calling = (body.get("toolConfig") or {}).get("functionCallingConfig") or {}
    return str(calling["allowedFunctionNames"][0]) if calling.get("allowedFunctionNames") else ""


def error(status: int, message: str) -> dict[str, Any]:
    names = {429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}
    return {"error": {"code": status, "message": message, "status": names.get(status, "INVALID_ARGUMENT")}}


def whole(message: Any) -> dict[str, Any]:
    texts = [{"text": message.text}] if message.text else []
    return _candidate([*texts, *_calls(message)], "STOP", message)


def parts(message: Any, received: Any) -> Iterator[bytes]:
    if message.text:
        yield from (_line(_candidate([{"text": word}])) for word in message.words())
    yield from (_line(_candidate([call])) for call in _calls(message))


def ending(message: Any, received: Any) -> Iterator[bytes]:
    yield _line(_candidate([{"text": ""}], "STOP", message))


def _candidate(parts_: list[dict[str, Any]], reason: str = "", message: Any = None) -> dict[str, Any]:
    candidate: dict[str, Any] = {"content": {"parts": parts_, "role": "model"}, "index": 0}
    answer: dict[str, Any] = {"candidates": [candidate], "modelVersion": "loopback", "responseId": "1"}
    if reason:
        read, written = message.tokens
        candidate["finishReason"] = reason
        answer["usageMetadata"] = {
            "promptTokenCount": read,
            "candidatesTokenCount": written,
            "totalTokenCount": read + written,
        }
    return answer


def _line(event: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(event)}\r\n\r\n".encode()


def _calls(message: Any) -> list[dict[str, Any]]:
    return [{"functionCall": {"name": name, "args": dict(arguments)}} for name, arguments in message.calls]
