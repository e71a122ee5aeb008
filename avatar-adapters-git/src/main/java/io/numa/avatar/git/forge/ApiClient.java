package io.numa.avatar.git.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.HttpTransport;
import io.numa.avatar.http.Json;
import io.numa.avatar.http.JsonBody;
import io.numa.avatar.http.Redirects;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API of one service: sends the token to its origin only, and turns failures into
 * exceptions: {@link TransientException} if a retry may succeed, else {@link RefusedException}.
 */
final class ApiClient {
  /** The user name that Git sends with Bitbucket's access tokens. The API takes no user name. */
  private static final String TOKEN_USER = "x-token-auth";

  private static final int MAX_PAGES = 10;

  private final ForgeHost host;
  private final HttpUrl root;
  private final HttpTransport transport;
  private final ForgeSettings settings;
  private final ApiFailures failures;

  ApiClient(
      ForgeHost host,
      HttpUrl root,
      HttpTransport transport,
      ForgeSettings settings,
      ApiFailures failures) {
    this.host = host;
    this.root = root;
    this.transport = transport;
    this.settings = settings;
    this.failures = failures;
  }

  /** A URL below the API's root; escapes the names. */
  HttpUrl.Builder at(String... names) {
    HttpUrl.Builder url = root.newBuilder();
    for (String name : names) {
      url.addPathSegment(name);
    }
    return url;
  }

  JsonNode get(String action, HttpUrl url) throws InterruptedException {
    return call(action, new Request.Builder().url(url));
  }

  JsonNode send(String method, String action, HttpUrl url, JsonNode body)
      throws InterruptedException {
    return call(action, new Request.Builder().url(url).method(method, new JsonBody(body)));
  }

  /**
   * All items of a list that comes in pages.
   *
   * @param perPage how many items a full page has
   */
  List<JsonNode> pages(String action, HttpUrl.Builder list, int perPage)
      throws InterruptedException {
    var items = new ArrayList<JsonNode>();
    for (int page = 1; page <= MAX_PAGES; page++) {
      JsonNode some = get(action, list.setQueryParameter("page", String.valueOf(page)).build());
      some.forEach(items::add);
      if (some.size() < perPage) {
        break;
      }
    }
    return items;
  }

  /**
   * A text, such as a log; empty if it is not there any more, or too long. Services keep logs
   * elsewhere: a redirection to another host is followed once, without the token.
   */
  Optional<String> text(String action, HttpUrl url) throws InterruptedException {
    Request request = new Request.Builder().url(url).build();
    HttpAnswer answer = answer(action, request.newBuilder());
    Optional<HttpUrl> elsewhere =
        Redirects.isOne(answer) ? place(url, answer.headers().get("Location")) : Optional.empty();
    if (elsewhere.isPresent()) {
      answer = sent(action, new Request.Builder().url(elsewhere.get()).build());
    }
    if (answer.status() == 404 || answer.status() == 410 || answer.tooLarge()) {
      return Optional.empty();
    }
    if (!answer.successful()) {
      throw failures.translate(action, answer);
    }
    return Optional.of(answer.text()).filter(text -> !text.isBlank());
  }

  /** Never from an encrypted connection to one that is not. */
  private static Optional<HttpUrl> place(HttpUrl from, @Nullable String location) {
    return Optional.ofNullable(location)
        .map(from::resolve)
        .filter(to -> to.isHttps() || !from.isHttps());
  }

  private JsonNode call(String action, Request.Builder request) throws InterruptedException {
    HttpAnswer answer = whole(action, answer(action, request));
    if (!answer.successful()) {
      throw failures.translate(action, answer);
    }
    return parse(action, answer);
  }

  private HttpAnswer whole(String action, HttpAnswer answer) {
    try {
      return answer.requireWhole();
    } catch (IOException e) {
      throw failures.translate(action, e);
    }
  }

  private HttpAnswer answer(String action, Request.Builder request) throws InterruptedException {
    Secret token = token(action);
    HttpAnswer answer = exchange(action, request, token);
    if (answer.status() == 401) {
      Secret other = token(action);
      if (!other.equals(token)) { // a short-lived token, which has just expired
        token = other;
        answer = exchange(action, request, token);
      }
    }
    return answer;
  }

  private JsonNode parse(String action, HttpAnswer answer) {
    Optional<JsonNode> json = answer.text().isBlank() ? Optional.of(Json.object()) : answer.json();
    return json.orElseThrow(() -> failures.translate(action, answer));
  }

  private HttpAnswer exchange(String action, Request.Builder request, Secret token)
      throws InterruptedException {
    request.header("Accept", "application/json").header("Authorization", authorization(token));
    Request next = request.build();
    HttpAnswer answer = sent(action, next);
    for (int i = 0; i < Redirects.MOST; i++) {
      Optional<HttpUrl> place = Redirects.next(next.url(), answer);
      if (place.isEmpty()) {
        break;
      }
      next = next.newBuilder().url(place.get()).build();
      answer = sent(action, next);
    }
    return answer;
  }

  private HttpAnswer sent(String action, Request request) throws InterruptedException {
    try {
      return transport.exchange(request, settings.timeout(), settings.timeout());
    } catch (IOException e) {
      throw failures.translate(action, e);
    }
  }

  private String authorization(Secret token) {
    Optional<String> user = host.username().filter(name -> !name.equals(TOKEN_USER));
    if (host.service() == HostingService.BITBUCKET && user.isPresent()) {
      return Credentials.basic(user.get(), token.reveal(), UTF_8);
    }
    String scheme = host.service() == HostingService.GITEA ? "token " : "Bearer ";
    return scheme + token.reveal();
  }

  private Secret token(String action) {
    Secret token =
        host.token()
            .get()
            .orElseThrow(
                () ->
                    new RefusedException(
                        FailureKind.UNAUTHORIZED,
                        "could not "
                            + action
                            + ": there is no token for '"
                            + host.host()
                            + "'; give its credential under git.credentials a token or an"
                            + " api_token"));
    settings.redactor().add(token); // a service may repeat it in its error text
    return token;
  }
}
