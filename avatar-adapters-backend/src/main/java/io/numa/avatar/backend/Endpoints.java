package io.numa.avatar.backend;

import io.numa.avatar.port.NotFoundException;
import java.net.URI;
import java.util.Objects;
import okhttp3.HttpUrl;

/** The URLs of a backend's endpoints. */
final class Endpoints {
  private final HttpUrl root;

  Endpoints(URI url) {
    root = Objects.requireNonNull(HttpUrl.parse(url.toString()), "checked by BackendSettings");
  }

  HttpUrl docs() {
    return at("docs");
  }

  HttpUrl topics() {
    return at("api", "topics");
  }

  HttpUrl topic(String name) {
    return at("api", "topics", name);
  }

  HttpUrl messages(String topic) {
    return at("api", "topics", topic, "messages");
  }

  HttpUrl task(String id) {
    return at("api", "tasks", id);
  }

  HttpUrl status(String task) {
    return at("api", "tasks", task, "status");
  }

  HttpUrl logs(String task) {
    return at("api", "tasks", task, "logs");
  }

  HttpUrl application(String id) {
    return at("api", "applications", id);
  }

  private HttpUrl at(String... segments) {
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
