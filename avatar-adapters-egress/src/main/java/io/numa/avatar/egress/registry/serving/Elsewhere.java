package io.numa.avatar.egress.registry.serving;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/**
 * The places outside of a registry's own path that its documents named: files on another server, or
 * on the same server at another path. Sandboxes reach them below {@link #FOLDER}. Safe for use by
 * several threads.
 */
final class Elsewhere {
  /**
   * Comes before scheme, host, port and path. No package is named so, and it has none of the
   * characters that pip encodes anew.
   */
  static final String FOLDER = "/.elsewhere/";

  private static final int MOST = 20_000;

  private final HttpUrl registry;
  private final Set<Named> places = ConcurrentHashMap.newKeySet();
  private final Set<Named> beginnings = ConcurrentHashMap.newKeySet();

  /**
   * What a document named.
   *
   * @param path decoded, without the slash at its beginning; empty for all of the server
   */
  private record Named(ServerOrigin server, String path) {
    Named asFolder() {
      return path.isEmpty() || path.endsWith("/") ? this : new Named(server, path + "/");
    }

    boolean beginsWith(Named beginning) {
      return server.equals(beginning.server) && path.startsWith(beginning.path);
    }
  }

  Elsewhere(HttpUrl registry) {
    this.registry = registry;
  }

  /**
   * Remembers a place, and says where a sandbox finds it.
   *
   * @return the path; empty if the place must not be reached: by {@code http} from {@code https}
   */
  Optional<String> add(HttpUrl url) {
    boolean lessSafe = registry.isHttps() && !url.isHttps();
    Named place = named(url);
    if (lessSafe || (places.size() >= MOST && !places.contains(place))) {
      return Optional.empty();
    }
    places.add(place);
    String server = String.join("/", url.scheme(), url.host(), "" + url.port());
    return Optional.of(FOLDER + server + url.encodedPath());
  }

  /** Remembers a folder of the registry's own server, to which a client adds names. */
  void addFolder(HttpUrl folder) {
    beginnings.add(named(folder).asFolder());
  }

  /** Remembers the beginning of paths on the registry's own server, which a client completes. */
  void addBeginning(HttpUrl beginning) {
    beginnings.add(named(beginning));
  }

  /** The place that a path below {@link #FOLDER} stands for; empty if no document named it. */
  Optional<HttpUrl> at(RegistryPath path) {
    List<String> parts = List.of(path.below(FOLDER).split("/", 4));
    if (parts.size() < 4) {
      return Optional.empty();
    }
    String host = parts.get(1).indexOf(':') >= 0 ? "[" + parts.get(1) + "]" : parts.get(1);
    String server = parts.get(0) + "://" + host + ":" + parts.get(2);
    String inner = "/" + parts.get(3);
    return Optional.ofNullable(HttpUrl.parse(server + inner + path.query()))
        .filter(url -> url.username().isEmpty() && url.encodedPath().equals(inner))
        .filter(url -> isNamed(named(url)));
  }

  private boolean isNamed(Named place) {
    return places.contains(place) || beginnings.stream().anyMatch(place::beginsWith);
  }

  /** Another server counts as a whole, the registry's own only for the paths that it named. */
  private Named named(HttpUrl url) {
    var server = ServerOrigin.of(url);
    boolean isOwn = server.equals(ServerOrigin.of(registry));
    return new Named(server, isOwn ? String.join("/", url.pathSegments()) : "");
  }
}
