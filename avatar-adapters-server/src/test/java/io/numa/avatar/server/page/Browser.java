package io.numa.avatar.server.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Chromium with one page, steered by its DevTools protocol. The JDK has all that this needs; a
 * library for it would bring 190 MB of programs into each build.
 */
final class Browser implements AutoCloseable {
  private static final long LIMIT = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

  /** What the page complained of: errors of the script, and what the server's policy refused. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  private int calls;
  private Optional<String> session = Optional.empty();

  private Browser(Process process, URI address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Ear()).join();
  }

  /** Where Chromium is on this machine. */
  static Optional<Path> program() {
    return Optional.of(Path.of("/usr/bin/chromium")).filter(Files::isExecutable);
  }

  /**
   * Starts Chromium.
   *
   * @param profile an empty folder for its files
   */
  static Browser start(Path program, Path profile) throws Exception {
    var builder =
        new ProcessBuilder(
            program.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank");
    builder.environment().put("HOME", profile.toString());
    Process process =
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectErrorStream(false).start();
    var browser = new Browser(process, address(process));
    browser.open();
    return browser;
  }

  /** Chromium prints its address among other lines. */
  private static URI address(Process process) throws IOException {
    String mark = "DevTools listening on ";
    var lines = process.errorReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(mark)) {
        var rest = new Thread(() -> lines.lines().forEach(ignored -> {}), "chromium-output");
        rest.setDaemon(true);
        rest.start();
        return URI.create(line.substring(mark.length()));
      }
    }
    throw new IOException("Chromium ended before it listened");
  }

  private void open() throws Exception {
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    session =
        Optional.of(
            call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText());
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
    call("Network.enable", Map.of());
  }

  /** Sends a command of the protocol, and returns its result. */
  JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = ++calls;
    var answer = new CompletableFuture<JsonNode>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    session.ifPresent(value -> message.put("sessionId", value));
    socket.sendText(message.toString(), true).get(LIMIT, TimeUnit.SECONDS);
    JsonNode result = answer.get(LIMIT, TimeUnit.SECONDS);
    if (result.has("error")) {
      String error = method + ": " + result.get("error");
      throw error.contains("navigated") || error.contains("context")
          ? new LeftException(error)
          : new IOException(error);
    }
    return result.get("result");
  }

  /** Shows a page, and waits until it is there with its script. */
  void go(String address) throws Exception {
    eval("window.leaving = true");
    call("Page.navigate", Map.of("url", address));
    await("!window.leaving && document.readyState === 'complete'");
  }

  /** The value of an expression, as text. */
  String eval(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value").asText();
  }

  /** Waits until an expression is true, in the page that is there then. */
  void await(String condition) throws Exception {
    String poll =
        "new Promise((done, fail) => { const end = Date.now() + 20000; (function look() {"
            + " if ("
            + condition
            + ") done(true); else if (Date.now() > end) fail(new Error('waited in vain'));"
            + " else setTimeout(look, 30); })(); })";
    for (int pages = 1; ; pages++) {
      try {
        eval(poll);
        return;
      } catch (LeftException e) {
        if (pages == 5) {
          throw e;
        }
      }
    }
  }

  /** The page was left before it answered. */
  private static final class LeftException extends IOException {
    private static final long serialVersionUID = 1;

    LeftException(String message) {
      super(message);
    }
  }

  /** Types into the element that has the focus. */
  void type(String text) throws Exception {
    call("Input.insertText", Map.of("text", text));
  }

  /** Presses and releases a key. */
  void press(String key, int code) throws Exception {
    for (String type : List.of("rawKeyDown", "char", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "code",
              key,
              "windowsVirtualKeyCode",
              code,
              "text",
              key.equals("Enter") && type.equals("char") ? "\r" : ""));
    }
  }

  /** A picture of the page, as PNG. */
  byte[] picture() throws Exception {
    String data = call("Page.captureScreenshot", Map.of("format", "png")).get("data").asText();
    return Base64.getDecoder().decode(data);
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        hear(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void hear(String message) {
      try {
        JsonNode heard = JSON.readTree(message);
        if (heard.has("id")) {
          answers.remove(heard.get("id").asInt()).complete(heard);
        } else if (heard.path("method").asText().equals("Runtime.exceptionThrown")) {
          complaints.add(heard.path("params").toString());
        } else if (heard.at("/params/entry/source").asText().equals("security")) {
          complaints.add(heard.path("params").toString());
        }
      } catch (IOException e) {
        complaints.add(e.toString());
      }
    }
  }
}
