package io.numa.avatar.cli.config.value;

import io.numa.avatar.git.settings.AllowedUrls;
import io.numa.avatar.http.address.AllowedNetworks;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads URLs, hosts and their patterns. */
final class AddressTexts {
  static final String PROXY =
      "[Hh][Tt][Tt][Pp]://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}/?";
  private static final Pattern PROXY_FORM = Pattern.compile(PROXY);

  private AddressTexts() {}

  static boolean isUrlPattern(String text) {
    try {
      AllowedUrls.of(List.of(text));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean isNetwork(String text) {
    try {
      AllowedNetworks.of(List.of(text));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static Optional<URI> proxy(String text) {
    if (text.contains("@")) {
      throw new UnacceptableException(
          "must hold neither a user nor a password; give them as git.proxy_username and"
              + " git.proxy_password");
    }
    return Optional.of(text)
        .filter(url -> PROXY_FORM.matcher(url).matches())
        .map(URI::create)
        .filter(url -> url.getHost() != null && url.getPort() > 0 && url.getPort() < 65536);
  }

  static Optional<URI> url(String text) {
    if (text.contains("@") || text.contains("?") || text.contains("#")) {
      throw new UnacceptableException(
          "must hold neither a user, a password, a query nor a fragment;"
              + " a token has a key of its own");
    }
    try {
      URI url = new URI(text.replaceFirst("/+$", ""));
      boolean web = url.getScheme() != null && url.getScheme().matches("(?i)https?");
      boolean reachable = url.getHost() != null && url.getPort() <= 65535 && url.getPort() != 0;
      return web && reachable ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
