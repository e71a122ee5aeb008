package io.numa.avatar.git.forge;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/** The web pages of one Gerrit; decides which URLs may be pages of a change. */
final class GerritPages {
  /** Gerrit names a change on a separate line, or in the message that a change is closed. */
  private static final Pattern NAMED =
      Pattern.compile("(?m)^(?:[ \\t]*|.*\\bchange )(https?://[!-~]+)(?=\\s|$)");

  /**
   * Newer versions have {@code /c/<project>/+/<number>}, older ones {@code /<number>} or {@code
   * #/c/<number>}.
   */
  private static final Pattern CHANGE = Pattern.compile("(?:.*/\\+)?/[0-9]+/?");

  private static final Pattern OLD_CHANGE = Pattern.compile("/c/[0-9]+/?");

  private final HttpUrl root;
  private final Set<String> hosts;

  private GerritPages(HttpUrl root, Set<String> hosts) {
    this.root = root;
    this.hosts = hosts;
  }

  /**
   * @param named the pages' root, if the operator has configured it
   */
  static GerritPages of(RepositoryUrl repository, Optional<URI> named) {
    HttpUrl own = parse(Services.origin(repository), repository);
    HttpUrl root = named.isEmpty() ? own : parse(named.get().toString(), repository);
    return new GerritPages(
        root, Stream.of(own, root).map(HttpUrl::host).collect(Collectors.toUnmodifiableSet()));
  }

  private static HttpUrl parse(String url, RepositoryUrl repository) {
    HttpUrl parsed = HttpUrl.parse(url);
    if (parsed == null) {
      throw new PortException(
          FailureKind.NOT_FOUND,
          "could not find the web pages of '" + repository + "': '" + url + "' is not a URL");
    }
    return parsed;
  }

  /**
   * Finds the URL of a change in a remote's text.
   *
   * @param said the remote's text, which is untrusted; only a URL at the remote's own host is
   *     accepted
   */
  Optional<String> change(String said) {
    Matcher line = NAMED.matcher(said);
    while (line.find()) {
      HttpUrl url = HttpUrl.parse(line.group(1));
      if (url != null && hosts.contains(url.host()) && isChange(url)) {
        return Optional.of(url.toString());
      }
    }
    return Optional.empty();
  }

  private static boolean isChange(HttpUrl url) {
    String fragment = url.encodedFragment();
    boolean change =
        fragment == null
            ? CHANGE.matcher(url.encodedPath()).matches()
            : OLD_CHANGE.matcher(fragment).matches();
    return change
        && url.username().isEmpty()
        && url.password().isEmpty()
        && url.encodedQuery() == null;
  }

  /** The page that finds a change by its {@code Change-Id}. */
  String search(String changeId) {
    return root.newBuilder().addPathSegment("q").addPathSegment(changeId).build().toString();
  }
}
