package io.numa.avatar.agent.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.agent.gateway.GatewayFixture.Answer;
import io.numa.avatar.agent.gateway.internal.dialect.Answers;
import io.numa.avatar.agent.gateway.internal.dialect.Dialect;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.money.Payer;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.budget.AvatarBudget;
import io.numa.avatar.run.budget.BudgetLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackModelGatewayTest {
  private static final String KEY = GatewayFixture.KEY;
  private static final String USAGE = "{\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":10}}";

  private final InMemoryJournal journal = new InMemoryJournal();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private GatewayFixture gateway;
  private TestHost host;

  @BeforeEach
  void open() throws IOException {
    gateway = new GatewayFixture();
    host = gateway.host;
  }

  @AfterEach
  void close() {
    gateway.close();
    threads.shutdownNow();
  }

  @ParameterizedTest
  @MethodSource("io.numa.avatar.agent.gateway.internal.dialect.Answers#streams")
  void passesAnAnswerUnchangedAndCountsIt(Answers answer) throws Exception {
    host.answerStream(answer.body());
    gateway.reopen("", Optional.empty());

    Answer got = gateway.post(path(answer.dialect()), body(answer.dialect(), "m"));

    assertThat(got.body()).isEqualTo(answer.body());
    assertThat(got.headers()).containsIgnoringCase("content-type: text/event-stream");
    assertThat(gateway.session().used().tokens()).isEqualTo(answer.usage().tokens());
    assertThat(gateway.session().used().cachedTokens()).isEqualTo(answer.usage().cachedTokens());
    assertThat(gateway.session().used().requests()).isEqualTo(1);
    assertThat(gateway.events.all())
        .startsWith("used 1 turns, 0 tokens")
        .endsWith("used 1 turns, " + answer.usage().tokens() + " tokens");
    assertThat(gateway.session().used().cost()).isPositive();
    assertThat(host.last().uri().getPath()).isEqualTo(path(answer.dialect()));
  }

  private static String path(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> "/v1/chat/completions";
      case OPENAI_RESPONSES -> "/v1/responses";
      case ANTHROPIC -> "/v1/messages";
      case GEMINI -> "/v1beta/models/m:streamGenerateContent";
    };
  }

  private static String body(Dialect dialect, String model) {
    return switch (dialect) {
      case OPENAI_CHAT, ANTHROPIC ->
          "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
      case OPENAI_RESPONSES -> "{\"model\":\"" + model + "\",\"input\":\"hi\"}";
      case GEMINI -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
    };
  }

  @Test
  void passesEachPieceOfAStreamBeforeTheNextOneIsMade() throws Exception {
    int pieces = 50;
    var read = new Semaphore(0);
    host.answer(
        exchange -> {
          try (OutputStream out = TestHost.stream(exchange)) {
            for (int i = 0; i < pieces; i++) {
              out.write(("data: " + i + "\n\n").getBytes(UTF_8));
              out.flush();
              if (!read.tryAcquire(5, SECONDS)) {
                throw new IOException("the agent did not get the piece");
              }
            }
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });

    try (Response response =
        gateway.open(
            gateway
                .request("/chat/completions")
                .post(GatewayFixture.content(body(Dialect.OPENAI_CHAT, "m"))))) {
      for (int i = 0; i < pieces; i++) {
        assertThat(response.body().source().readUtf8Line()).isEqualTo("data: " + i);
        assertThat(response.body().source().readUtf8Line()).isEmpty();
        read.release();
      }
      assertThat(response.body().source().exhausted()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, 'Bearer ', Authorization, 'Bearer '",
    "authorization, 'bearer ', Authorization, 'Bearer '",
    "x-api-key, '', X-api-key, ''",
    "x-goog-api-key, '', X-goog-api-key, ''",
    "api-key, '', Api-key, ''",
  })
  void putsTheKeyInWhereThePlaceholderWas(
      String header, String prefix, String hostHeader, String hostPrefix) throws Exception {
    String placeholder = gateway.session().placeholder().reveal();

    Answer answer = gateway.send(gateway.keyless("/models").header(header, prefix + placeholder));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(host.last().headers().get(hostHeader)).containsExactly(hostPrefix + KEY);
  }

  @Test
  void putsTheKeyIntoTheQuery() throws Exception {
    String placeholder = gateway.session().placeholder().reveal();

    gateway.send(gateway.keyless("/models?a=b%20c&key=" + placeholder + "&alt=sse"));

    assertThat(host.last().uri().getRawQuery()).isEqualTo("a=b%20c&key=" + KEY + "&alt=sse");
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer wrong, ''",
    "Authorization, Basic PLACEHOLDER, ''",
    "Authorization, PLACEHOLDER, ''",
    "x-api-key, wrong, ''",
    "x-api-key, '', ''",
    "x-api-key, wrong, key=PLACEHOLDER",
    "x-api-key, PLACEHOLDER, key=wrong",
    "x-api-key, PLACEHOLDER, k%65y=wrong",
    "X-Other, PLACEHOLDER, ''",
    "X-Other, x, key",
    "X-Other, x, keys=PLACEHOLDER",
    "Authorization, Bearer real-key-0123456789abcdef, ''",
  })
  void refusesAWrongKey(String header, String value, String query) throws Exception {
    String placeholder = gateway.session().placeholder().reveal();
    Request.Builder request =
        gateway
            .keyless("/models?" + query.replace("PLACEHOLDER", placeholder))
            .header(header, value.replace("PLACEHOLDER", placeholder));

    assertThat(gateway.send(request).status()).isEqualTo(401);
    assertThat(host.received()).isEmpty();
  }

  @Test
  void refusesPathsThatAreNotTheSessions() throws Exception {
    URI address = gateway.session().address();
    String root = "http://127.0.0.1:" + address.getPort();
    String secret = address.getPath().replaceFirst("^/([^/]+)/.*", "$1");

    for (String path :
        List.of(
            "/",
            "/v1/models",
            "/" + secret.substring(1) + "/v1/models",
            "/" + secret,
            "/" + secret + "/v2/models",
            "/" + secret + "x/v1/models")) {
      Request.Builder request =
          new Request.Builder()
              .url(root + path)
              .header("Authorization", "Bearer " + gateway.session().placeholder().reveal());
      assertThat(gateway.send(request).status()).as(path).isEqualTo(404);
    }
    assertThat(host.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /files",
    "GET, /models/../files",
    "GET, /models/%2e%2e/files",
    "GET, /responses/r1",
    "POST, /files",
    "POST, /batches",
    "POST, /embeddings",
    "POST, /models/m:embedContent",
    "POST, /models/..%2f..:generateContent",
    "DELETE, /models/m",
    "PUT, /chat/completions",
    "GET, /chat/completions",
  })
  void refusesWhatItDoesNotKnow(String method, String path) throws Exception {
    assertThat(raw(method, gateway.session().address().getPath() + path))
        .startsWith("HTTP/1.1 404");
    assertThat(host.received()).isEmpty();
  }

  /** The answer to a request whose path no client changes. */
  private String raw(String method, String path) throws IOException {
    try (var socket =
        new Socket(InetAddress.getLoopbackAddress(), gateway.session().address().getPort())) {
      String placeholder = gateway.session().placeholder().reveal();
      String head =
          "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\nx-api-key: %s\r\n\r\n{}";
      socket.getOutputStream().write(head.formatted(method, path, placeholder).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI_CHAT, /v1/chat/completions, \"type\":\"not_found_error\"",
    "OPENAI_RESPONSES, /v1/responses, \"type\":\"not_found_error\"",
    "ANTHROPIC, /v1/messages, '{\"error\":{\"type\":\"not_found_error\"'",
    "GEMINI, /v1beta/models/big:streamGenerateContent, \"status\":\"NOT_FOUND\"",
  })
  void refusesOtherModelsAndNamesThoseThatThereAre(Dialect dialect, String path, String expected)
      throws Exception {
    gateway.reopen("", Optional.empty());

    Answer answer = gateway.post(path, body(dialect, "big"));
    gateway.post(path, body(dialect, "big"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body())
        .contains("the model 'big' is not allowed; allowed: free, m")
        .contains(expected);
    assertThat(gateway.events.all())
        .containsExactly("noted the model 'big' is not allowed; allowed: free, m");
    assertThat(host.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\":\"m\",\"models\":[\"free\"]}",
        "{\"model\":\"m\",\"background\":true}",
        "{\"model\":\"m\"",
        "no JSON",
      })
  void refusesWhatCannotBeCheckedOrCounted(String body) throws Exception {
    Answer answer = gateway.post("/responses", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"type\":\"invalid_request_error\"");
    assertThat(host.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"TURNS, 2, , ", "TOKENS, , 70, ", "COST, , , 0.0002"})
  void endsAtABoundWithOneAnswerBeyondItAtMost(
      AgentLimit limit, Long turns, Long tokens, BigDecimal cost) throws Exception {
    host.answerJson(200, USAGE);
    gateway
        .session()
        .limit(
            turns == null ? OptionalLong.empty() : OptionalLong.of(turns),
            tokens == null ? OptionalLong.empty() : OptionalLong.of(tokens),
            Optional.ofNullable(cost));

    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(threads.submit(gateway::chat));
    }
    List<Answer> refused = new ArrayList<>();
    for (Future<Answer> answer : answers) {
      if (answer.get().status() != 200) {
        refused.add(answer.get());
      }
    }

    assertThat(refused).hasSize(6).allSatisfy(each -> assertThat(each.status()).isEqualTo(400));
    assertThat(refused.get(0).body())
        .contains("\"type\":\"invalid_request_error\"")
        .contains("the limit of this session is reached");
    assertThat(gateway.events.all()).filteredOn(("exhausted " + limit)::equals).hasSize(6);
    assertThat(host.received()).hasSize(2);
    assertThat(gateway.session().used().requests()).isEqualTo(8);
    assertThat(gateway.session().used().turns()).isEqualTo(2);
  }

  @Test
  void refusesAModelWithoutAPriceWhereTheCostIsBound() throws Exception {
    gateway
        .session()
        .limit(OptionalLong.empty(), OptionalLong.empty(), Optional.of(BigDecimal.TEN));

    Answer answer = gateway.post("/chat/completions", body(Dialect.OPENAI_CHAT, "free"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("has no price");
  }

  @Test
  void endsAllSessionsAtOneBudgetWithOneAnswerBeyondItAtMost() throws Exception {
    host.answerJson(200, USAGE); // 30 + 10 * 10 for a million tokens
    try (var other = new GatewayFixture()) {
      other.host.answerJson(200, USAGE);
      var budget = budget("0.0003");
      gateway.reopen(budget, new Payer("qwen", "/srv/shop.git"));
      other.reopen(budget, new Payer("claude", "/srv/site.git"));

      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(threads.submit(gateway::chat));
        answers.add(threads.submit(other::chat));
      }
      List<Answer> refused = new ArrayList<>();
      for (Future<Answer> answer : answers) {
        if (answer.get().status() != 200) {
          refused.add(answer.get());
        }
      }

      assertThat(refused).hasSize(5).allSatisfy(each -> assertThat(each.status()).isEqualTo(400));
      assertThat(refused.get(0).body())
          .contains("\"type\":\"invalid_request_error\"")
          .contains("the budget of 0.0003 for the day is used up (0.00039 spent)")
          .contains("agents work again from 2025-08-04T00:00:00Z");
      assertThat(host.received().size() + other.host.received().size()).isEqualTo(3);
      assertThat(gateway.events.all().stream().filter(event -> event.startsWith("budget")).count())
          .isEqualTo(4 - gateway.session().used().turns());
      assertThat(
              journal.ledger(LocalDate.EPOCH).stream()
                  .map(entry -> entry.usage().cost())
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo("0.00039");
    }
  }

  @Test
  void keepsTheAccountBeforeTheAgentHasTheAnswer() throws Exception {
    var going = new CountDownLatch(1);
    host.answer(
        exchange -> {
          try (OutputStream out = TestHost.stream(exchange)) {
            out.write(("data: " + USAGE + "\n\n").getBytes(UTF_8));
            out.flush();
            going.await(20, SECONDS);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    gateway.reopen(budget("10"), new Payer("qwen", "/srv/shop.git"));

    try (Response response =
        gateway.open(
            gateway
                .request("/chat/completions")
                .post(GatewayFixture.content(body(Dialect.OPENAI_CHAT, "m"))))) {
      response.body().source().readByte();
      assertThat(journal.ledger(LocalDate.EPOCH))
          .singleElement()
          .satisfies(entry -> assertThat(entry.usage().cost()).isEqualByComparingTo("0.00013"));
    } finally {
      going.countDown();
    }
  }

  @Test
  void refusesAModelWithoutAPriceWhereThereIsABudget() throws Exception {
    gateway.reopen(budget("10"), new Payer("qwen", ""));

    Answer answer = gateway.post("/chat/completions", body(Dialect.OPENAI_CHAT, "free"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("has no price");
  }

  @Test
  void freesTheSessionWhereTheBudgetRefuses() throws Exception {
    host.answerJson(200, USAGE);
    AvatarBudget budget = budget("0.0001");
    gateway.reopen(budget, new Payer("qwen", ""));
    gateway.session().limit(OptionalLong.empty(), OptionalLong.of(100), Optional.empty());

    assertThat(gateway.chat().status()).isEqualTo(200);
    assertThat(gateway.chat().status()).isEqualTo(400);
    budget.use(new BudgetLimits(Optional.of(BigDecimal.ONE), Optional.empty()));

    assertThat(gateway.chat().status()).isEqualTo(200);
  }

  private AvatarBudget budget(String day) {
    return new AvatarBudget(
        new BudgetLimits(Optional.of(new BigDecimal(day)), Optional.empty()),
        journal,
        Clock.fixed(Instant.parse("2025-08-03T10:00:00Z"), ZoneOffset.UTC),
        used -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI_CHAT, 401, {}",
    "ANTHROPIC, 403, {}",
    "GEMINI, 400, '{\"error\":{\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}'",
  })
  void endsTheTurnWhereTheHostRefusesTheLogin(Dialect dialect, int status, String body)
      throws Exception {
    host.answerJson(status, body);
    gateway.reopen("", Optional.empty());

    Answer answer = gateway.post(path(dialect), body(dialect, "m"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains(dialect == Dialect.GEMINI ? "INVALID_ARGUMENT" : "invalid_request_error");
    assertThat(gateway.events.all())
        .singleElement()
        .asString()
        .startsWith("login refused " + status + ": ");
    assertThat(gateway.session().used().turns()).isZero();
  }

  @Test
  void passesRateLimitsAndOutagesOn() throws Exception {
    host.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "7");
          TestHost.json(exchange, 429, "{\"error\":{\"message\":\"slow down\"}}");
        });
    Answer limited = gateway.chat();
    host.answerJson(529, "[{\"error\":{\"message\":\"over " + KEY + " loaded\"}}]");
    Answer away = gateway.chat();
    host.answerJson(400, "{\"error\":\"no\"}");
    Answer wrong = gateway.chat();

    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.headers()).containsIgnoringCase("retry-after: 7");
    assertThat(limited.body()).isEqualTo("{\"error\":{\"message\":\"slow down\"}}");
    assertThat(away.status()).isEqualTo(529);
    assertThat(away.body()).isEqualTo("[{\"error\":{\"message\":\"over *** loaded\"}}]");
    assertThat(wrong)
        .extracting(Answer::status, Answer::body)
        .containsExactly(400, "{\"error\":\"no\"}");
    assertThat(gateway.events.all())
        .containsExactly("unavailable 429: slow down", "unavailable 529: over *** loaded");
    assertThat(gateway.session().used().requests()).isEqualTo(3);
  }

  @Test
  void sendsARequestOnceThoughTheHostAsksForItAgain() throws Exception {
    host.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "0");
          TestHost.json(exchange, 503, "{}");
        });

    assertThat(gateway.chat().status()).isEqualTo(503);
    assertThat(host.received()).hasSize(1);
  }

  @Test
  void saysThatAHostIsNotReached() throws Exception {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      free.close();
      gateway.reopen(URI.create("http://127.0.0.1:" + port + "/v1"), Duration.ofSeconds(5));
    }

    Answer answer = gateway.chat();

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body())
        .contains("could not reach the model's host 127.0.0.1: there is no connection");
    assertThat(gateway.events.all())
        .containsExactly(
            "unavailable 0: could not reach the model's host 127.0.0.1: there is no connection");
  }

  @Test
  void followsRedirectionsWithinTheHostAlone() throws Exception {
    host.answer(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/v1/chat/completions")) {
            exchange.getResponseHeaders().set("Location", "/v1/elsewhere");
            exchange.sendResponseHeaders(307, -1);
          } else {
            TestHost.json(exchange, 200, USAGE);
          }
        });
    assertThat(gateway.chat().body()).isEqualTo(USAGE);
    assertThat(host.last().uri().getPath()).isEqualTo("/v1/elsewhere");
    assertThat(host.last().headers().getFirst("Authorization")).isEqualTo("Bearer " + KEY);

    try (var other = new TestHost()) {
      host.answer(
          exchange -> {
            exchange.getResponseHeaders().set("Location", other.url("/v1").toString());
            exchange.sendResponseHeaders(307, -1);
          });
      Answer answer = gateway.chat();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.headers()).doesNotContainIgnoringCase("location");
      assertThat(answer.body()).contains("another address");
      assertThat(other.received()).isEmpty();
      assertThat(gateway.events.all()).anyMatch(each -> each.startsWith("unavailable 307"));
    }
  }

  @Test
  void cutsTheAnswerWhereTheHostCutsIt() throws Exception {
    host.answer(
        exchange -> {
          OutputStream out = TestHost.stream(exchange);
          out.write(("data: " + USAGE + "\n\n").getBytes(UTF_8));
          out.flush();
          throw new IOException("cut");
        });

    try (Response response =
        gateway.open(
            gateway
                .request("/chat/completions")
                .post(GatewayFixture.content(body(Dialect.OPENAI_CHAT, "m"))))) {
      assertThat(response.body().source().readUtf8Line()).isEqualTo("data: " + USAGE);
      assertThatThrownBy(() -> response.body().source().readByteArray())
          .isInstanceOf(IOException.class);
    }
    assertThat(gateway.session().used().tokens()).isEqualTo(40);
    assertThat(gateway.events.all())
        .contains(
            "unavailable 0: the model's host 127.0.0.1 broke its answer off: the connection broke");
  }

  @Test
  void endsAnAnswerThatFallsSilent() throws Exception {
    gateway.reopen(host.url("/v1"), Duration.ofMillis(50));
    var end = new CountDownLatch(1);
    host.answer(
        exchange -> {
          TestHost.stream(exchange).flush();
          await(end);
        });

    assertThatThrownBy(gateway::chat).isInstanceOf(IOException.class);

    end.countDown();
    assertThat(gateway.events.all())
        .anyMatch(each -> each.endsWith("it sent nothing for too long"));
  }

  @Test
  void countsWhatAnAnswerStatedBeforeTheAgentCutIt() throws Exception {
    var hostSawTheEnd = new CountDownLatch(1);
    host.answer(
        exchange -> {
          OutputStream out = TestHost.stream(exchange);
          out.write(("data: " + USAGE + "\n\n").getBytes(UTF_8));
          out.flush();
          try {
            while (true) {
              out.write("data: more\n\n".getBytes(UTF_8));
              out.flush();
            }
          } catch (IOException e) {
            hostSawTheEnd.countDown();
            throw e;
          }
        });

    try (Response response =
        gateway.open(
            gateway
                .request("/chat/completions")
                .post(GatewayFixture.content(body(Dialect.OPENAI_CHAT, "m"))))) {
      response.body().source().readUtf8Line();
    }

    assertThat(hostSawTheEnd.await(5, SECONDS)).isTrue();
    assertThat(gateway.session().used().tokens()).isEqualTo(40);
    assertThat(gateway.session().used().turns()).isEqualTo(1);
  }

  @Test
  void closingAbortsRunningCallsAndFreesThePort() throws Exception {
    var started = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    host.answer(
        exchange -> {
          TestHost.stream(exchange).flush();
          started.countDown();
          await(end);
        });
    Future<Answer> running = threads.submit(gateway::chat);
    assertThat(started.await(5, SECONDS)).isTrue();
    int port = gateway.session().address().getPort();

    List<String> before = List.copyOf(gateway.events.all());

    gateway.session().close();
    gateway.session().close();

    assertThatThrownBy(running::get).hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
    end.countDown();
    assertThat(gateway.events.all()).isEqualTo(before);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await(5, SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("io.numa.avatar.agent.gateway.internal.dialect.Answers#streams")
  void addsANoteToOneRequest(Answers answer) throws Exception {
    gateway.reopen("", Optional.empty());
    gateway.session().note("hurry");
    gateway.session().note("please");
    String body = body(answer.dialect(), "m");
    host.answerJson(503, "{}");
    gateway.post(path(answer.dialect()), body);
    host.answerJson(200, "{}");

    gateway.post(path(answer.dialect()), body);
    gateway.post(path(answer.dialect()), body);

    assertThat(host.received().get(1).body())
        .contains("hurry\\n\\nplease")
        .hasSizeGreaterThan(body.length());
    assertThat(host.received().get(2).body()).isEqualTo(body);
  }

  @Test
  void keepsANoteForARequestOfTheAgentsMainWork() throws Exception {
    String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    String work = "{\"model\":\"m\",\"tools\":[{}]," + messages;
    gateway.post("/chat/completions", work);
    gateway.session().note("hurry");

    gateway.post("/chat/completions", "{\"model\":\"m\"," + messages);
    gateway.post("/chat/completions", work);

    assertThat(host.received().get(1).body()).doesNotContain("hurry");
    assertThat(host.received().get(2).body()).contains("hi\\n\\nhurry");
  }

  @Test
  void asksAStreamInOpenAisMannerForItsUsage() throws Exception {
    gateway.post("/chat/completions", "{\"model\":\"m\",\"stream\":true}");

    assertThat(host.last().body())
        .isEqualTo("{\"stream_options\":{\"include_usage\":true},\"model\":\"m\",\"stream\":true}");
  }

  @Test
  void passesHeadersOnBesidesThoseThatAreNotForTheHost() throws Exception {
    host.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Set-Cookie", "a=b");
          exchange.getResponseHeaders().set("Alt-Svc", "h3=\":443\"");
          exchange.getResponseHeaders().set("request-id", "r-1");
          TestHost.json(exchange, 200, "{}");
        });

    Answer answer =
        gateway.send(
            gateway
                .request("/chat/completions")
                .header("anthropic-version", "2023-06-01")
                .header("User-Agent", "agent/1")
                .header("Cookie", "c=d")
                .header("X-Forwarded-For", "10.0.0.1")
                .header("Proxy-Authorization", "Basic abc")
                .header("Referer", gateway.session().address().toString())
                .header("Connection", "X-Hop")
                .header("X-Hop", "1")
                .header("Accept-Encoding", "gzip, br")
                .post(GatewayFixture.content("{\"model\":\"m\"}")));

    assertThat(host.last().headers().keySet())
        .containsExactlyInAnyOrder(
            "Authorization",
            "Anthropic-version",
            "User-agent",
            "Accept-encoding",
            "Host",
            "Connection",
            "Content-length");
    assertThat(host.last().headers().getFirst("Host")).isEqualTo(host.url("").getAuthority());
    assertThat(host.last().headers().getFirst("User-agent")).isEqualTo("agent/1");
    assertThat(host.last().headers().getFirst("Accept-encoding")).isEqualTo("identity");
    assertThat(host.last().headers().getFirst("Connection")).isEqualToIgnoringCase("keep-alive");
    assertThat(answer.headers())
        .containsIgnoringCase("request-id: r-1")
        .doesNotContainIgnoringCase("set-cookie", "alt-svc");
  }

  @Test
  void countsAnAnswerThatIsCompressedThoughNotAskedFor() throws Exception {
    host.answer(
        exchange -> {
          var zipped = new ByteArrayOutputStream();
          try (var out = new GZIPOutputStream(zipped)) {
            out.write(USAGE.getBytes(UTF_8));
          }
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, zipped.size());
          zipped.writeTo(exchange.getResponseBody());
          exchange.close();
        });
    assertThat(gateway.chat().body()).isEqualTo(USAGE);
    assertThat(gateway.session().used().tokens()).isEqualTo(40);

    host.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "br");
          exchange.sendResponseHeaders(200, 1);
          exchange.getResponseBody().write(1);
          exchange.close();
        });
    assertThat(gateway.chat().status()).isEqualTo(400);
  }

  @Test
  void passesAnAnswerOfManyMegabytesAndALargeRequest() throws Exception {
    String line = "data: {\"choices\":[\"" + "é".repeat(2_500_000) + "\"]}\n\n";
    host.answerStream(line + "data: " + USAGE + "\n\n");

    Answer answer =
        gateway.post(
            "/chat/completions",
            "{\"messages\":[{\"role\":\"user\",\"content\":\""
                + "x".repeat(5_000_000)
                + "\"}],\"model\":\"m\"}");

    assertThat(answer.body().length()).isEqualTo(line.length() + USAGE.length() + 8);
    assertThat(host.last().body().length()).isGreaterThan(5_000_000);
    assertThat(gateway.session().used().tokens()).isEqualTo(40);
  }

  @Test
  void passesARequestOnWhoseLengthIsNotKnown() throws Exception {
    String body = body(Dialect.OPENAI_CHAT, "m");

    Answer answer =
        gateway.send(
            gateway
                .request("/chat/completions")
                .post(
                    new RequestBody() {
                      @Override
                      public MediaType contentType() {
                        return MediaType.get("application/json");
                      }

                      @Override
                      public void writeTo(BufferedSink sink) throws IOException {
                        sink.writeUtf8(body);
                      }
                    }));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(host.last().body()).isEqualTo(body);
    assertThat(host.last().headers().getFirst("Content-type")).isEqualTo("application/json");
  }

  @Test
  void refusesARequestThatIsTooLarge() throws Exception {
    Answer answer = gateway.post("/chat/completions", " ".repeat(RequestBodies.MAX_BODY + 1));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("larger than 64 MiB");
    assertThat(host.received()).isEmpty();
  }

  @Test
  void hidesTheKeyFromTheAgentWhereverTheHostRepeatsIt() throws Exception {
    host.answer(
        exchange -> {
          exchange.getResponseHeaders().set("x-debug", "got " + KEY);
          try (OutputStream out = TestHost.stream(exchange)) {
            for (byte each : ("data: Bearer " + KEY + "\n\n").getBytes(UTF_8)) {
              out.write(each);
              out.flush();
            }
          }
        });

    Answer answer = gateway.chat();

    assertThat(answer.body()).isEqualTo("data: Bearer ***\n\n");
    assertThat(answer.headers()).doesNotContain(KEY).contains("got ***");
  }

  @Test
  void keepsARecordForItsOperatorAlone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("1.llm.jsonl");
    gateway.reopen("/v1", Optional.of(file));
    host.answerStream("data: " + USAGE + " " + KEY + "\n\n");
    String placeholder = gateway.session().placeholder().reveal();
    gateway.post(
        "/chat/completions?key=" + placeholder,
        "{\"model\":\"m\",\"x\":\"" + GatewayFixture.OTHER_SECRET + "\"}");
    host.answerJson(401, "{\"error\":\"no\"}");
    gateway.chat();
    gateway.session().close();

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("\"path\":\"/v1/chat/completions\"", "\"status\":200", "\"input_tokens\":30")
        .contains("{\\\"model\\\":\\\"m\\\",\\\"x\\\":\\\"***\\\"}")
        .contains("prompt_tokens");
    assertThat(lines.get(1)).contains("\"status\":401", "{\\\"error\\\":\\\"no\\\"}");
    assertThat(Files.readString(file))
        .doesNotContain(KEY, GatewayFixture.OTHER_SECRET, placeholder);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
