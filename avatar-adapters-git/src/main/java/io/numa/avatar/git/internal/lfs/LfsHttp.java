package io.numa.avatar.git.internal.lfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.git.internal.access.HostLogin;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HostTokens;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.HttpClients;
import io.numa.avatar.http.Redirects;
import io.numa.avatar.http.address.Destination;
import io.numa.avatar.http.address.ForbiddenAddressException;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to an LFS server and to its object storage. Sends the operator's credential only
 * when asked, and only to the server's own scheme, host and port.
 */
final class LfsHttp implements AutoCloseable {
  /** In bytes. An answer for a hundred objects takes some 100 KB. */
  private static final int LARGEST_ANSWER = 4 << 20;

  private final HttpUrl endpoint;
  private final GitSettings settings;
  private final OkHttpClient client;

  LfsHttp(HttpUrl endpoint, GitSettings settings) {
    this.endpoint = endpoint;
    this.settings = settings;
    var builder =
        HttpClients.builder()
            .connectTimeout(settings.timeout())
            .readTimeout(settings.timeout())
            .writeTimeout(settings.timeout())
            .followRedirects(false)
            .followSslRedirects(false)
            .eventListener(new CountedCalls(settings.access().metrics()))
            .authenticator((route, response) -> withLogin(response));
    this.client = settings.access().network().setUp(builder, settings.addresses()).build();
  }

  /**
   * Sends a request. The caller reads and closes the answer's body.
   *
   * @throws PortException of kind {@code DENIED} if its address is forbidden
   */
  Response send(Request request) throws IOException {
    try {
      return client.newCall(request).execute();
    } catch (ForbiddenAddressException e) {
      throw e.denied();
    }
  }

  /** Sends a request, follows redirections within its host, and reads the whole answer. */
  HttpAnswer exchange(Request request) throws IOException {
    Request next = request;
    HttpAnswer answer = answer(send(next));
    for (int i = 0; i < Redirects.MOST; i++) {
      Optional<HttpUrl> target = Redirects.next(next.url(), answer);
      if (target.isEmpty()) {
        break;
      }
      next = next.newBuilder().url(target.get()).build();
      answer = answer(send(next));
    }
    return answer;
  }

  /** Reads an answer to its end, and closes it. */
  static HttpAnswer answer(Response response) throws IOException {
    try (response;
        InputStream in = response.body().byteStream()) {
      byte[] body = in.readNBytes(LARGEST_ANSWER + 1);
      if (body.length > LARGEST_ANSWER) {
        throw new IOException("the answer of the LFS server is too long");
      }
      return new HttpAnswer(
          response.code(), response.headers(), new String(body, UTF_8), Optional.empty());
    }
  }

  private @Nullable Request withLogin(Response refused) {
    Request request = refused.request();
    Optional<HostCredential> credential = credential(request.url());
    if (request.header("Authorization") != null || credential.isEmpty()) {
      return null;
    }
    String user =
        Optional.of(endpoint.username())
            .filter(name -> !name.isEmpty())
            .or(() -> credential.get().tokenUser())
            .orElse(settings.identity().name());
    String password = new HostTokens(settings).read(credential.get()).reveal();
    String login = Credentials.basic(user, password, UTF_8);
    return request.newBuilder().header("Authorization", login).build();
  }

  private Optional<HostCredential> credential(HttpUrl url) {
    Destination to = Destination.of(url);
    return LfsEndpoint.isSameOrigin(url, endpoint)
        ? new HostTokens(settings).credential(to).filter(one -> HostLogin.mayTravel(to, one))
        : Optional.empty();
  }

  /** Cancels all running calls. */
  void cancel() {
    client.dispatcher().cancelAll();
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
  }
}
