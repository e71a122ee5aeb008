package io.numa.avatar.testkit.agent;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Tells everything as events, in the shape of Claude Code and Qwen Code. */
final class StreamJsonVoice implements TestAgentVoice {
  private final PrintStream output;
  private String last = "";

  StreamJsonVoice(PrintStream output) {
    this.output = output;
    line(Json.write(Json.map("type", "system", "subtype", "init", "session_id", "s-1")));
  }

  @Override
  public PrintStream output() {
    return output;
  }

  @Override
  public void say(String text) {
    last = text;
    event("assistant", Json.map("type", "text", "text", text));
  }

  @Override
  public void think(String text) {
    event("assistant", Json.map("type", "thinking", "thinking", text));
  }

  @Override
  public void plan(List<String> entries) {}

  @Override
  public void tool(Tool tool) {
    Map<String, Object> input =
        tool.kind().equals("execute")
            ? Json.map("command", tool.title())
            : Json.map("file_path", tool.path());
    String name = tool.kind().equals("execute") ? "Bash" : "Write";
    event("assistant", Json.map("type", "tool_use", "id", tool.id(), "name", name, "input", input));
  }

  @Override
  public void toolEnded(String id, boolean failed, String result) {
    event(
        "user",
        Json.map("type", "tool_result", "tool_use_id", id, "is_error", failed, "content", result));
  }

  @Override
  public boolean ask(Tool tool) {
    return true;
  }

  @Override
  public void ended(String stopReason) {
    boolean success = stopReason.equals("end_turn");
    line(
        Json.write(
            Json.map(
                "type",
                "result",
                "subtype",
                success ? "success" : stopReason,
                "is_error",
                !success,
                "result",
                last)));
  }

  private void event(String type, Map<String, Object> part) {
    line(Json.write(Json.map("type", type, "message", Json.map("content", List.of(part)))));
  }
}
