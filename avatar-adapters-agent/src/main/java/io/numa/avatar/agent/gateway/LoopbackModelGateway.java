package io.numa.avatar.agent.gateway;

import io.numa.avatar.http.HttpClients;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.Lazily;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * Serves each session on a loopback port of its own, under a path that cannot be guessed, with a
 * placeholder for the key. Passes requests on as they are, and answers as they come.
 *
 * <p>Only requests for answers, counts of tokens and lists of models pass. Answers arrive
 * uncompressed. A session has 32 requests at a time; a request is at most 64 MiB long, and all
 * sessions hold 128 MiB of requests together.
 */
public final class LoopbackModelGateway implements ModelGateway {
  /** How long a model's host may send nothing. */
  public static final Duration SILENCE = Duration.ofMinutes(10);

  /** The most bytes of a file that keeps requests and answers. */
  public static final long MAX_RECORD = 64L << 20;

  /** A shorter key is no secret, such as the word {@code none} for a local model. */
  private static final int SHORTEST_SECRET = 16;

  private static final int SECRET_BYTES = 24;

  private final Lazily<OkHttpClient> http;
  private final Redactor redactor;
  private final TimeSource time;
  private final RequestBodies bodies = new RequestBodies();
  private final SecureRandom random = new SecureRandom();

  /** A gateway that reaches the models' hosts directly, and trusts what the JDK trusts. */
  public LoopbackModelGateway(Redactor redactor, TimeSource time) {
    this(HttpClients.builder()::build, redactor, time, SILENCE);
  }

  /**
   * @param http gives proxies, certificates and connections to the models' hosts; its timeouts,
   *     retries, redirects, cookies and cache are not used
   * @param redactor hides the avatar's secrets; also receives the keys of the models
   */
  public LoopbackModelGateway(OkHttpClient http, Redactor redactor, TimeSource time) {
    this(() -> http, redactor, time, SILENCE);
  }

  /**
   * @param clients gives {@code http} when the first session begins
   */
  LoopbackModelGateway(
      Supplier<OkHttpClient> clients, Redactor redactor, TimeSource time, Duration silence) {
    this.http = new Lazily<>(() -> ModelHost.client(clients.get(), silence));
    this.redactor = redactor;
    this.time = time;
  }

  /**
   * @throws PortException of kind {@code AGENT_LOGIN} if there is no key, {@code AGENT_UNAVAILABLE}
   *     if there is no free port or the record cannot be opened
   */
  @Override
  public GatewaySession open(GatewayRequest request, GatewayEvents events) {
    Secret key = request.api().key().get();
    redactor.add(key);
    var meter = new Meter();
    Optional<Recorder> recorder = request.record().map(this::recorder);
    try {
      return LoopbackSession.start(
          new SessionParts(
              request,
              GatewayAddress.of(secret(), request.api().baseUrl()),
              new Credentials(new Secret("sk-numa-" + secret()), key),
              new ModelHost(http.get(), request.api().baseUrl()),
              meter,
              new Notes(),
              new SessionEvents(events, meter),
              recorder,
              redactor,
              Redactor.of(key.reveal().length() < SHORTEST_SECRET ? List.of() : List.of(key)),
              bodies,
              time));
    } catch (IOException e) {
      recorder.ifPresent(Recorder::close);
      throw unavailable("could not open a port for the model's gateway", e);
    }
  }

  private Recorder recorder(Path file) {
    try {
      return Recorder.open(file, redactor, time, MAX_RECORD);
    } catch (IOException e) {
      throw unavailable("could not open the record of the model's answers", e);
    }
  }

  private static PortException unavailable(String message, IOException e) {
    return new PortException(FailureKind.AGENT_UNAVAILABLE, message + ": " + e.getMessage(), e);
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
