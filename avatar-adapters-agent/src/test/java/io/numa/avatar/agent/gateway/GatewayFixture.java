package io.numa.avatar.agent.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.agent.gateway.internal.dialect.EditedBody;
import io.numa.avatar.agent.settings.ModelApi;
import io.numa.avatar.agent.settings.ModelPrice;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.money.ModelBudget;
import io.numa.avatar.port.money.Payer;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A gateway before a {@link TestHost}, with an agent's client. */
final class GatewayFixture implements AutoCloseable {
  static final String KEY = "real-key-0123456789abcdef";
  static final String OTHER_SECRET = "the-password-of-git";

  final TestHost host = new TestHost();
  final RecordedEvents events = new RecordedEvents();
  final Redactor redactor = Redactor.of(List.of(new Secret(OTHER_SECRET)));
  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .retryOnConnectionFailure(false)
          .readTimeout(10, TimeUnit.SECONDS)
          .build();

  private GatewaySession session;

  GatewayFixture() throws IOException {
    session = open("/v1", Optional.empty());
  }

  /** Opens another session in place of the first. */
  void reopen(String basePath, Optional<Path> record) {
    session.close();
    session = open(basePath, record);
  }

  private GatewaySession open(String basePath, Optional<Path> record) {
    return open(host.url(basePath), Duration.ofSeconds(10), record);
  }

  void reopen(URI baseUrl, Duration silence) {
    session.close();
    session = open(baseUrl, silence, Optional.empty());
  }

  private GatewaySession open(URI baseUrl, Duration silence, Optional<Path> record) {
    return open(baseUrl, silence, record, ModelBudget.NONE, new Payer("", ""));
  }

  private GatewaySession open(
      URI baseUrl, Duration silence, Optional<Path> record, ModelBudget budget, Payer payer) {
    var price =
        new ModelPrice(
            BigDecimal.ONE, new BigDecimal("0.1"), new BigDecimal("1.25"), BigDecimal.TEN);
    return new LoopbackModelGateway(OkHttpClient::new, redactor, TimeSource.SYSTEM, silence)
        .open(
            new GatewayRequest(
                new ModelApi(baseUrl, () -> new Secret(KEY)),
                Set.of("m", "free"),
                Map.of("m", price),
                record,
                budget,
                payer),
            events);
  }

  /** Opens another session in place of the first, which spends the money of a budget. */
  void reopen(ModelBudget budget, Payer payer) {
    session.close();
    session = open(host.url("/v1"), Duration.ofSeconds(10), Optional.empty(), budget, payer);
  }

  GatewaySession session() {
    return session;
  }

  /** A request with the placeholder as {@code Authorization}. */
  Request.Builder request(String path) {
    return keyless(path).header("Authorization", "Bearer " + session.placeholder().reveal());
  }

  Request.Builder keyless(String path) {
    return new Request.Builder().url(session.address() + path);
  }

  Answer post(String path, String body) throws IOException {
    return send(request(path).post(content(body)));
  }

  /** A body that OkHttp does not send again by itself. */
  static RequestBody content(String body) {
    return new EditedBody(body.getBytes(UTF_8), List.of());
  }

  /** Asks for an answer in OpenAI's chat manner. */
  Answer chat() throws IOException {
    return post("/chat/completions", "{\"model\":\"m\",\"max_tokens\":10,\"messages\":[]}");
  }

  Answer send(Request.Builder request) throws IOException {
    try (Response response = open(request)) {
      return new Answer(response.code(), response.headers().toString(), response.body().string());
    }
  }

  /** Sends a request; the test reads the answer. */
  Response open(Request.Builder request) throws IOException {
    return client.newCall(request.build()).execute();
  }

  /** What an agent gets. */
  record Answer(int status, String headers, String body) {}

  @Override
  public void close() {
    session.close();
    host.close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
