package io.numa.avatar.testkit.model;

import static io.numa.avatar.testkit.model.ModelAction.breakOff;
import static io.numa.avatar.testkit.model.ModelAction.edit;
import static io.numa.avatar.testkit.model.ModelAction.fail;
import static io.numa.avatar.testkit.model.ModelAction.hang;
import static io.numa.avatar.testkit.model.ModelAction.say;
import static io.numa.avatar.testkit.model.ModelAction.shell;
import static io.numa.avatar.testkit.model.ModelAction.trickle;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a script and the server do in all dialects. */
final class ModelServerTest {
  private static final String PATH = "/v1/chat/completions";
  private static final String SHELL =
      """
      {"type": "function", "function": {"name": "Bash", "parameters": {
        "properties": {"command": {"type": "string"}}}}}
      """;

  private final ModelServer model = ModelServer.start();
  private final ModelClient client = new ModelClient(model);

  ModelServerTest() throws IOException {}

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void playsEachPromptOfAScript() throws Exception {
    model.play(ModelScript.first(shell("one"), say("First.")).then(shell("two"), say("Second.")));

    assertThat(answer("A")).contains("{\\\"command\\\":\\\"one\\\"}");
    assertThat(answer("A", 1)).contains("First.");
    assertThat(answer("A", 1, "B")).contains("{\\\"command\\\":\\\"two\\\"}");
    assertThat(answer("A", 1, "B", 1)).contains("Second.");
    assertThat(answer("A", 1, "B", 1, "C")).contains("Done.");
  }

  @Test
  void takesTheSamePromptAgainAsAnotherOne() throws Exception {
    model.play(ModelScript.first(say("First.")).then(say("Second.")));

    assertThat(answer("Go on")).contains("First.");
    assertThat(answer("Go on", "Go on")).contains("Second.");
    assertThat(answer("Go on")).contains("First.");
  }

  @Test
  void countsAPromptInANewConversationAsTheNextOne() throws Exception {
    model.play(ModelScript.first(say("First.")).then(say("Second.")));

    answer("Fix it");

    assertThat(answer("Fix it; the tests failed before")).contains("Second.");
  }

  @Test
  void playsTheScriptOfTheConversation() throws Exception {
    model.play(ModelScript.always(say("Any."))).play("task 7", ModelScript.always(say("Seven.")));

    assertThat(answer("Do task 7")).contains("Seven.");
    assertThat(answer("Do task 8")).contains("Any.");
  }

  @Test
  void leavesTheScriptAloneWhenNoToolsAreOffered() throws Exception {
    model.play(ModelScript.first(fail(500)));

    HttpResponse<String> title = client.send("POST", PATH, request("", "Find a title"));

    assertThat(title.statusCode()).isEqualTo(200);
    assertThat(client.send("POST", PATH, request(SHELL, "Fix it")).statusCode()).isEqualTo(500);
    assertThat(model.turns()).hasSize(1);
    assertThat(model.requestCount()).isEqualTo(2);
  }

  @Test
  void playsForPlainClientsIfTheScriptSaysSo() throws Exception {
    model.play(ModelScript.first(say("Hello.")).alsoWithoutTools());

    assertThat(client.send("POST", PATH, request("", "Hi")).body()).contains("Hello.");
  }

  @Test
  void failsAsOftenAsToldThenGoesOn() throws Exception {
    model.play(
        ModelScript.first(
            shell("one"), fail(429).withHeader("Retry-After", "1").times(2), say("Over.")));

    assertThat(answer("A")).contains("one");
    HttpResponse<String> failure = client.send("POST", PATH, request(SHELL, "A", 1));
    assertThat(failure.statusCode()).isEqualTo(429);
    assertThat(failure.headers().firstValue("Retry-After")).contains("1");
    assertThat(failure.body()).contains("rate_limit_error");
    assertThat(client.send("POST", PATH, request(SHELL, "A", 1)).statusCode()).isEqualTo(429);
    assertThat(answer("A", 1)).contains("Over.");
  }

  @Test
  void hangsUntilItIsClosed() throws Exception {
    model.play(ModelScript.first(hang()));

    CompletableFuture<HttpResponse<String>> answer =
        client
            .http()
            .sendAsync(client.request("POST", PATH, request(SHELL, "A")), BodyHandlers.ofString());
    model.awaitRequest(request -> request.prompt().equals("A"), Duration.ofSeconds(5));

    assertThat(answer).isNotDone();
    model.close();
    assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> answer.get(5, SECONDS));
  }

  @Test
  void tricklesWithoutAnEnd() throws Exception {
    model.play(ModelScript.first(trickle(Duration.ofMillis(1), 2_000)));

    HttpResponse<InputStream> answer =
        client
            .http()
            .send(client.request("POST", PATH, streamed("A")), BodyHandlers.ofInputStream());

    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.lines().filter(line -> line.contains("One more piece.")).limit(5))
          .hasSize(5);
    }
  }

  @Test
  void breaksOffInTheMidst() throws Exception {
    model.play(ModelScript.first(breakOff()).then(say("Whole.")));

    assertThatIOException().isThrownBy(() -> client.send("POST", PATH, streamed("A")));
    assertThatIOException().isThrownBy(() -> answer("A"));
    assertThat(answer("A", "B")).contains("Whole.");
  }

  @Test
  void saysWhichToolIsMissing() throws Exception {
    model.play(ModelScript.first(edit("a", "b", "c")));

    HttpResponse<String> answer = client.send("POST", PATH, request(SHELL, "A"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("the agent offers [Bash]");
  }

  @Test
  void recordsKeysPromptsAndTools() throws Exception {
    answer("Fix it", 2);

    ModelRequest request = model.requests().get(0);
    assertThat(request.apiKey()).contains("placeholder");
    assertThat(request.dialect()).contains(Dialect.OPENAI_CHAT);
    assertThat(request.prompt()).isEqualTo("Fix it");
    assertThat(request.results()).isEqualTo(2);
    assertThat(request.tools()).containsExactly("Bash");
    assertThat(request.model()).isEqualTo("m");
  }

  @Test
  void seesTheKeysOfAllProviders() {
    assertThat(List.of("Authorization", "x-api-key", "x-goog-api-key"))
        .allSatisfy(
            header -> {
              try (var other = ModelServer.start().withKey("secret")) {
                var plain = new ModelClient(other);
                var request = plain.request("POST", PATH, request(SHELL, "A"));
                var named =
                    HttpRequest.newBuilder(request, (name, value) -> false)
                        .header(header, "secret")
                        .build();

                assertThat(plain.http().send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
                assertThat(plain.http().send(named, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
              }
            });
  }

  @Test
  void listsItsModelAndRefusesUnknownPaths() throws Exception {
    assertThat(client.send("GET", "/any/prefix/v1/models", "").body())
        .contains("\"id\":\"" + ModelServer.MODEL + "\"");
    assertThat(client.send("GET", "/other", "").statusCode()).isEqualTo(404);
  }

  @Test
  void answersUnreadableRequests() throws Exception {
    assertThat(client.send("POST", PATH, "{").statusCode()).isEqualTo(200);
    assertThat(client.send("POST", PATH, "[1, {\"messages\": 3}]").statusCode()).isEqualTo(200);
  }

  @Test
  void keepsTheNewestRequestsOnly() throws Exception {
    String large = "x".repeat(1 << 20);
    for (int i = 0; i < 70; i++) {
      client.send("POST", PATH, large);
    }

    assertThat(model.requestCount()).isEqualTo(70);
    assertThat(model.requests()).hasSize(64);
    assertThat(model.requests().get(63).number()).isEqualTo(70);
  }

  @Test
  void servesManyAtATime() throws Exception {
    model.play(ModelScript.always(say("Hello.")));

    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 30)
            .mapToObj(
                i ->
                    client
                        .http()
                        .sendAsync(
                            client.request("POST", PATH, request(SHELL, "Prompt " + i)),
                            BodyHandlers.ofString()))
            .toList();

    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get(10, SECONDS).body()).contains("Hello.");
    }
    assertThat(model.requests().stream().map(ModelRequest::number).distinct()).hasSize(30);
  }

  @Test
  void saysWhenARequestDoesNotCome() {
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> model.awaitRequest(request -> true, Duration.ofMillis(1)));
  }

  private String answer(Object... messages) throws IOException, InterruptedException {
    return client.send("POST", PATH, request(SHELL, messages)).body();
  }

  private static String streamed(String prompt) {
    return request(SHELL, prompt).replaceFirst("\\{", "{\"stream\": true, ");
  }

  /** A text is a prompt, a number that many results of tools. */
  private static String request(String tools, Object... messages) {
    StringBuilder all = new StringBuilder();
    for (Object message : messages) {
      if (message instanceof Integer results) {
        all.append(", {\"role\": \"tool\", \"content\": \"ok\"}".repeat(results));
      } else {
        all.append(", {\"role\": \"user\", \"content\": \"" + message + "\"}");
      }
    }
    return "{\"model\": \"m\", \"tools\": [%s], \"messages\": [%s]}"
        .formatted(tools, all.substring(2));
  }
}
