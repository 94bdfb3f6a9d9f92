"""OpenAI's chat completions, as servers speak it: https://platform.openai.com/docs/api-reference/chat."""

import json
from collections.abc import Iterator
from typing import Any

STREAM_TYPE = "text/event-stream"


def speaks(path: str) -> bool:
    return path.endswith("/chat/completions")


def streams(received: Any) -> bool:
    return bool(received.body.get("stream"))


def forced_tool(body: Any) -> str:
    """The tool that the answer has to call; "" where none is forced."""
    choice = body.get("tool_choice")
    if isinstance(choice, dict):
        return str(choice["function"]["name"])
    return str(body["tools"][0]["function"]["name"]) if choice in {"required", "any"} else ""


def error(status: int, message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "error", "code": str(status)}}


def whole(message: Any) -> dict[str, Any]:
    content: dict[str, Any] = {"role": "assistant", "content": message.text or None}
    if message.calls:
        content["tool_calls"] = _calls(message)
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "loopback",
        "choices": [{"index": 0, "message": content, "finish_reason": _reason(message)}],
        "usage": _usage(message),
    }


def parts(message: Any, received: Any) -> Iterator[bytes]:
    yield _event({"role": "assistant", "content": ""})
    if message.text:
        yield from (_event({"content": word}) for word in message.words())
    for index, call in enumerate(_calls(message)):
        arguments = call["function"]["arguments"]
        half = len(arguments) // 2
        begun = {**call, "index": index, "function": {**call["function"], "arguments": arguments[:half]}}
        yield _event({"tool_calls": [begun]})
        yield _event({"tool_calls": [{"index": index, "function": {"arguments": arguments[half:]}}]})


def ending(message: Any, received: Any) -> Iterator[bytes]:
    yield _event({}, _reason(message))
    if (received.body.get("stream_options") or {}).get("include_usage"):
        yield _line(
            {"object": "chat.completion.chunk", "id": "chatcmpl-1", "created": 1, "model": "loopback"}
            | {"choices": [], "usage": _usage(message)}
        )
    yield b"data: [DONE]\n\n"


def _event(delta: dict[str, Any], reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return _line(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "loopback",
            "choices": [choice],
        }
    )


def _line(event: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(event)}\n\n".encode()


def _calls(message: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": f"call_{index}",
            "type": "function",
            "function": {"name": name, "arguments": json.dumps(arguments)},
        }
        for index, (name, arguments) in enumerate(message.calls)
    ]


def _reason(message: Any) -> str:
    return "tool_calls" if message.calls else "stop"


def _usage(message: Any) -> dict[str, int]:
    read, written = message.tokens
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
