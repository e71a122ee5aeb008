package io.numa.avatar.testkit.agent;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Tells everything as messages of the Agent Client Protocol. */
final class AcpVoice implements TestAgentVoice {
  private static final int MARK = "[x] ".length();
  private static final int MAX_ANSWERS = 100;

  private final PrintStream output;
  private final String session;
  private final BlockingQueue<Object> answers = new ArrayBlockingQueue<>(MAX_ANSWERS);
  private final AtomicLong lastRequest = new AtomicLong(1_000);

  AcpVoice(PrintStream output, String session) {
    this.output = output;
    this.session = session;
  }

  @Override
  public PrintStream output() {
    return output;
  }

  @Override
  public void say(String text) {
    update("sessionUpdate", "agent_message_chunk", "content", text(text));
  }

  @Override
  public void think(String text) {
    update("sessionUpdate", "agent_thought_chunk", "content", text(text));
  }

  @Override
  public void plan(List<String> entries) {
    var list = new ArrayList<Map<String, Object>>();
    for (String entry : entries) {
      String status =
          switch (entry.substring(0, Math.min(entry.length(), MARK))) {
            case "[x] " -> "completed";
            case "[~] " -> "in_progress";
            default -> "pending";
          };
      String content = entry.startsWith("[") ? entry.substring(MARK) : entry;
      list.add(Json.map("content", content, "priority", "medium", "status", status));
    }
    update("sessionUpdate", "plan", "entries", list);
  }

  @Override
  public void tool(Tool tool) {
    Map<String, Object> call = call(tool);
    call.put("sessionUpdate", "tool_call");
    call.put("status", "in_progress");
    update(call);
  }

  @Override
  public void toolEnded(String id, boolean failed, String result) {
    update(
        "sessionUpdate",
        "tool_call_update",
        "toolCallId",
        id,
        "status",
        failed ? "failed" : "completed",
        "content",
        List.of(Json.map("type", "content", "content", text(result))));
  }

  @Override
  public boolean ask(Tool tool) throws InterruptedException {
    Object answer =
        request(
            "session/request_permission",
            Json.map(
                "sessionId",
                session,
                "toolCall",
                call(tool),
                "options",
                List.of(
                    option("always", "allow_always"),
                    option("no", "reject_once"),
                    option("once", "allow_once"))));
    return "once".equals(Json.at(answer, "result", "outcome", "optionId"));
  }

  @Override
  public void ended(String stopReason) {}

  /** Sends a request, and waits for its answer. */
  Object request(String method, Map<String, Object> params) throws InterruptedException {
    message("id", lastRequest.incrementAndGet(), "method", method, "params", params);
    return answers.take();
  }

  /** Hands over the answer to a request. */
  void answered(Object answer) {
    if (!answers.offer(answer)) {
      throw new IllegalStateException("too many answers");
    }
  }

  void notify(String method, Map<String, Object> params) {
    message("method", method, "params", params);
  }

  void message(Object... namesAndValues) {
    Map<String, Object> message = Json.map("jsonrpc", "2.0");
    message.putAll(Json.map(namesAndValues));
    line(Json.write(message));
  }

  void update(Object... namesAndValues) {
    update(Json.map(namesAndValues));
  }

  private void update(Map<String, Object> update) {
    notify("session/update", Json.map("sessionId", session, "update", update));
  }

  private static Map<String, Object> text(String text) {
    return Json.map("type", "text", "text", text);
  }

  private static Map<String, Object> call(Tool tool) {
    Map<String, Object> call =
        Json.map("toolCallId", tool.id(), "kind", tool.kind(), "title", tool.title());
    call.put("rawInput", Json.map("title", tool.title()));
    if (!tool.path().isEmpty()) {
      call.put("locations", List.of(Json.map("path", tool.path())));
    }
    return call;
  }

  private static Map<String, Object> option(String id, String kind) {
    return Json.map("optionId", id, "name", id, "kind", kind);
  }
}
