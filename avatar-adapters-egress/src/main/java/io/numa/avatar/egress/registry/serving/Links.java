package io.numa.avatar.egress.registry.serving;

import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Puts links to where a sandbox finds their targets in place of the links of a document.
 *
 * @param page where the document is outside
 * @param authority the address of the registry inside, such as {@code 127.0.0.1:49151}
 */
record Links(Place place, HttpUrl page, String authority) {
  /** The links of a document that says itself what they are relative to. */
  Links relativeTo(String base) {
    HttpUrl url = page.resolve(base);
    return url == null ? this : new Links(place, url, authority);
  }

  /** The link for the sandbox. A link to where nothing may be fetched from stays as it is. */
  String inside(String link) {
    HttpUrl target = page.resolve(link.strip());
    if (target == null) {
      return link;
    }
    String fragment = target.encodedFragment() == null ? "" : "#" + target.encodedFragment();
    return inside(place.inside(target)).map(url -> url + fragment).orElse(link);
  }

  /**
   * The link to a folder that the client adds names to.
   *
   * @param more what the client completes behind the link; empty if it adds a path
   */
  String insideFolder(String link, String more) {
    HttpUrl target = page.resolve(link.strip());
    if (target == null) {
      return link + more;
    }
    Optional<String> path =
        more.isEmpty() ? place.insideFolder(target) : place.insideBeginning(target);
    return inside(path).map(url -> url + more).orElse(link + more);
  }

  private Optional<String> inside(Optional<String> path) {
    return path.map(found -> "http://" + authority + found);
  }

  /** Whether the link leads to the registry itself. */
  boolean isOwn(String link) {
    HttpUrl target = page.resolve(link.strip());
    return target != null && place.isOwn(target);
  }
}
