package io.numa.avatar.egress.registry.serving;

import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of sandboxes to one registry. Safe for use by several threads. */
final class RegistryHandler implements HttpRequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryHandler.class);
  private static final Pattern INSIDE = Pattern.compile("(?:127\\.0\\.0\\.1|localhost):[0-9]{1,5}");
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_KNOWN = 20_000;

  private final Registry registry;
  private final Sources sources;
  private final Optional<SumDatabase> sums;
  private final Semaphore bodies;

  /** The documents whose links were changed since the start, so that their places are known. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /**
   * @param bodies how many requests with a body there may be at once, of all registries
   */
  RegistryHandler(Sources sources, Optional<SumDatabase> sums, Semaphore bodies) {
    this.bodies = bodies;
    this.registry = sources.own().registry();
    this.sources = sources;
    this.sums = sums.filter(database -> registry.kind() == RegistryKind.GO);
  }

  @Override
  public void handle(ClassicHttpRequest request, ClassicHttpResponse answer, HttpContext context)
      throws IOException {
    Connection connection = Connection.of(context);
    if (request.getEntity() == null) {
      connection.speaks();
    }
    Optional<RegistryPath> path = RegistryPath.parse(request.getRequestUri());
    if (path.isEmpty()) {
      Answer.sentence(answer, 400, "the path of the request has a form that is not passed on");
      return;
    }
    Optional<String> refusal = Passing.refusal(registry, request.getMethod(), path.get());
    if (refusal.isPresent()) {
      Answer.sentence(answer, 403, refusal.get());
      return;
    }
    Optional<Source.Target> outside = sources.at(path.get());
    if (outside.isEmpty() || !INSIDE.matcher(authority(request)).matches()) {
      Answer.sentence(answer, 403, "this path does not belong to the registry " + registry.url());
      return;
    }
    if (request.getEntity() == null) {
      var exchange = new Exchange(request.getMethod(), path.get(), request, Optional.empty());
      fetch(exchange, outside.get(), answer, connection);
    } else if (bodies.tryAcquire()) {
      try {
        var body = Optional.of(body(request.getEntity(), connection));
        var exchange = new Exchange(request.getMethod(), path.get(), request, body);
        fetch(exchange, outside.get(), answer, connection);
      } finally {
        bodies.release();
      }
    } else {
      Answer.sentence(answer, 503, "too many requests with a body are under way; try again later");
    }
  }

  /** The address that the client believes to ask, from the target or else from the header Host. */
  private static String authority(HttpRequest request) {
    return String.valueOf(request.getAuthority());
  }

  private static RequestBody body(HttpEntity entity, Connection connection) throws IOException {
    byte[] bytes = entity.getContent().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("the request is longer than " + MOST_BYTES + " bytes");
    }
    connection.speaks();
    return RequestBody.create(bytes, null);
  }

  private void fetch(
      Exchange exchange, Source.Target outside, ClassicHttpResponse answer, Connection connection) {
    try {
      answer(exchange, outside, answer, connection);
    } catch (IOException e) {
      LOG.debug("Could not fetch from {}", registry.url(), e);
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      Answer.sentence(
          answer, 502, "could not fetch from the registry " + registry.url() + ": " + reason);
    }
  }

  private void answer(
      Exchange exchange, Source.Target outside, ClassicHttpResponse answer, Connection connection)
      throws IOException {
    List<Rewriting> rewritings =
        Rewritings.of(registry, exchange.path(), exchange.header("User-Agent"));
    Response response =
        rewritings.isEmpty()
            ? fetch(exchange, outside)
            : outside
                .source()
                .upstream()
                .fetch(exchange.whole(outside.url(), known.contains(outside.url().toString())));
    connection.closeAfterwards(response);
    if (response.code() == 401) {
      Answer.sentence(answer, 403, noLogin(outside.source().registry()));
      return;
    }
    Answer.head(answer, response);
    Optional<Rewriting> rewriting = rewriting(rewritings, response);
    if (rewriting.isPresent()) {
      remember(outside.url());
      answer.removeHeaders("Accept-Ranges");
      var links =
          new Links(
              outside.source().place(), response.request().url(), authority(exchange.request()));
      answer.setEntity(
          new PassedBody(
              response,
              -1,
              (in, out) -> rewriting.get().rewrite(in, out, links),
              connection::abort));
    } else {
      answer.setEntity(PassedBody.unchanged(response, connection::abort));
    }
  }

  private void remember(HttpUrl document) {
    if (known.size() < MOST_KNOWN) {
      known.add(document.toString());
    }
  }

  private Response fetch(Exchange exchange, Source.Target outside) throws IOException {
    Upstream upstream = outside.source().upstream();
    Response response = upstream.fetch(exchange.plain(outside.url()));
    Optional<String> question =
        sums.flatMap(database -> database.question(exchange.path(), registry.path()));
    if (question.isEmpty() || response.isSuccessful()) {
      return response;
    }
    if (SumDatabase.isOffer(question.get())) {
      return response.newBuilder().code(200).build();
    }
    Optional<HttpUrl> database = sums.flatMap(sum -> sum.at(question.get()));
    if (database.isEmpty()) {
      return response;
    }
    response.close();
    return upstream.fetch(exchange.plain(database.get()));
  }

  private static String noLogin(Registry registry) {
    return "the registry "
        + registry.url()
        + (registry.login().isPresent() ? " refuses the login" : " demands a login")
        + "; the operator can give one under sandbox.registries or to the package client";
  }

  private static Optional<Rewriting> rewriting(List<Rewriting> rewritings, Response response) {
    String type = Rewriting.mediaType(response.header("Content-Type", ""));
    return response.code() == 200
        ? rewritings.stream().filter(rewriting -> rewriting.reads(type)).findFirst()
        : Optional.empty();
  }
}
