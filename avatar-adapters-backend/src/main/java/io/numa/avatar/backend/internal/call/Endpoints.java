package io.numa.avatar.backend.internal.call;

import io.numa.avatar.port.NotFoundException;
import java.net.URI;
import java.util.Objects;
import okhttp3.HttpUrl;

/** The URLs of a backend's endpoints. */
public final class Endpoints {
  private final HttpUrl root;

  public Endpoints(URI url) {
    root = Objects.requireNonNull(HttpUrl.parse(url.toString()), "checked by BackendSettings");
  }

  public HttpUrl docs() {
    return at("docs");
  }

  public HttpUrl topics() {
    return at("api", "topics");
  }

  public HttpUrl topic(String name) {
    return at("api", "topics", name);
  }

  public HttpUrl messages(String topic) {
    return at("api", "topics", topic, "messages");
  }

  public HttpUrl task(String id) {
    return at("api", "tasks", id);
  }

  public HttpUrl status(String task) {
    return at("api", "tasks", task, "status");
  }

  public HttpUrl logs(String task) {
    return at("api", "tasks", task, "logs");
  }

  public HttpUrl application(String id) {
    return at("api", "applications", id);
  }

  /**
   * The URL below the base URL whose path ends with these segments; an empty last one makes a slash
   * at the end.
   */
  public HttpUrl at(String... segments) {
    var url = root.newBuilder();
    int last = root.pathSize() - 1;
    if (root.pathSegments().get(last).isEmpty()) {
      url.removePathSegment(last);
    }
    for (String segment : segments) {
      if (segment.equals(".") || segment.equals("..")) {
        // Every URL parser takes these segments for steps along the path, even if they are encoded.
        throw new NotFoundException("could not ask for '" + segment + "': no URL can name it");
      }
      url.addPathSegment(segment);
    }
    return url.build();
  }
}
