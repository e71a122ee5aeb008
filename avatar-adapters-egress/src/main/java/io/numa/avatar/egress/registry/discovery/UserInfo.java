package io.numa.avatar.egress.registry.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Optional;

/** The user and password in a URL. */
final class UserInfo {
  private UserInfo() {}

  /** The login; empty without one, or without a password. */
  static Optional<Login> login(URI uri) {
    String user = uri.getRawUserInfo();
    if (user == null || user.indexOf(':') < 0 || user.endsWith(":")) {
      return Optional.empty();
    }
    int colon = user.indexOf(':');
    var password = new Secret(decoded(user.substring(colon + 1)));
    return Optional.of(Login.basic(decoded(user.substring(0, colon)), password));
  }

  /** Decodes percent signs only: a plus sign in a URL's user stands for itself. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
