package io.numa.avatar.agent.gateway;

import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.PromptSockets;
import io.numa.avatar.http.Redirects;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Calls a model's host for one session. Safe for use by several threads. */
final class ModelHost implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final HttpUrl base;
  private final OkHttpClient http;
  private final Set<Call> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param http one that {@link #client} made
   */
  ModelHost(OkHttpClient http, URI baseUrl) {
    HttpUrl url = HttpUrl.get(baseUrl);
    if (url == null) {
      throw new IllegalArgumentException("must be an http or https URL: " + baseUrl);
    }
    this.base = url;
    this.http = http;
  }

  /**
   * The client for all sessions, which share its connections.
   *
   * @param http gives proxies, certificates and the pool of connections
   * @param silence how long a host may send nothing; a model may think for minutes
   */
  static OkHttpClient client(OkHttpClient http, Duration silence) {
    return http.newBuilder()
        .socketFactory(PromptSockets.over(http.socketFactory()))
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .cookieJar(CookieJar.NO_COOKIES)
        .cache(null)
        .connectTimeout(CONNECT)
        .readTimeout(silence)
        .writeTimeout(silence)
        .callTimeout(Duration.ZERO)
        .build();
  }

  /** The host's name, for messages. */
  String name() {
    return base.host();
  }

  /**
   * The address of a path below the base URL.
   *
   * @param path one that a {@link Route} knows, so it does not lead out of the base URL
   */
  HttpUrl url(String path, @Nullable String query) {
    String start = base.encodedPath().replaceAll("/+$", "");
    return base.newBuilder()
        .encodedPath(start.isEmpty() && path.isEmpty() ? "/" : start + path)
        .encodedQuery(query)
        .build();
  }

  /** The head of an answer; its body follows. Closing it ends the call. */
  final class Answer implements AutoCloseable {
    private final Call call;
    private final Response response;

    private Answer(Call call, Response response) {
      this.call = call;
      this.response = response;
    }

    Response response() {
      return response;
    }

    @Override
    public void close() {
      // Without this, closing would read an unfinished answer on for a while.
      call.cancel();
      response.close();
      running.remove(call);
    }
  }

  /**
   * Sends a request and follows redirections that stay at the host.
   *
   * @throws IOException if there is no answer
   */
  Answer send(Request request) throws IOException {
    Request next = request;
    for (int i = 0; ; i++) {
      Answer answer = once(next);
      Optional<HttpUrl> place =
          i < Redirects.MOST ? redirection(answer.response()) : Optional.empty();
      if (place.isEmpty()) {
        return answer;
      }
      answer.close();
      next = next.newBuilder().url(place.get()).build();
    }
  }

  private static Optional<HttpUrl> redirection(Response response) {
    var head = new HttpAnswer(response.code(), response.headers(), "", Optional.empty());
    return Redirects.next(response.request().url(), head);
  }

  private Answer once(Request request) throws IOException {
    Call call = http.newCall(request);
    running.add(call);
    if (closed) {
      call.cancel();
    }
    Response response = null;
    try {
      response = call.execute();
      return new Answer(call, response);
    } finally {
      if (response == null) {
        running.remove(call);
      }
    }
  }

  /** Aborts running calls, and fails later ones. */
  @Override
  public void close() {
    closed = true;
    running.forEach(Call::cancel);
  }
}
