package io.numa.avatar.git.internal.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.URIish;

/**
 * Finds out with an empty request whether a large request needs a login, as Git does: the large one
 * is sent while it is made, so that it cannot be sent again with a login.
 */
final class LoginProbe {
  /** A token that was refused is read once more. */
  private static final int ATTEMPTS = 2;

  private final OpenedConnection request;
  private final URL url;
  private final HostLogin login;

  LoginProbe(OpenedConnection request, URL url, HostLogin login) {
    this.request = request;
    this.url = url;
    this.login = login;
  }

  /**
   * The header that the request needs; empty if it needs none.
   *
   * @throws TransportException with words that JGit uses, too, if there is no login for the server
   */
  Optional<String> authorization() throws IOException {
    URIish server = server();
    Optional<String> tried = Optional.empty();
    for (int attempt = 0; ; attempt++) {
      HttpURLConnection answer = request.tryEmpty(tried);
      if (answer.getResponseCode() != HttpURLConnection.HTTP_UNAUTHORIZED) {
        answer.disconnect();
        return tried;
      }
      if (attempt > 0) {
        login.reset(server);
      }
      tried = attempt < ATTEMPTS && asksForPassword(answer) ? header(server) : Optional.empty();
      if (tried.isEmpty()) {
        throw new TransportException(server, "not authorized");
      }
    }
  }

  private URIish server() {
    return new URIish(url);
  }

  private static boolean asksForPassword(HttpURLConnection answer) {
    return answer.getHeaderFields().entrySet().stream()
        .filter(header -> "WWW-Authenticate".equalsIgnoreCase(header.getKey()))
        .map(Map.Entry::getValue)
        .flatMap(List::stream)
        .anyMatch(value -> value.regionMatches(true, 0, "Basic", 0, "Basic".length()));
  }

  private Optional<String> header(URIish server) {
    var user = new CredentialItem.Username();
    var password = new CredentialItem.Password();
    if (!login.get(server, user, password)) {
      return Optional.empty();
    }
    String pair = user.getValue() + ":" + new String(password.getValue());
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }
}
