package io.numa.avatar.egress.registry.serving;

import io.numa.avatar.egress.registry.Registry;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** A registry, and how to fetch from it. */
record Source(Place place, Upstream upstream) {
  /** What a path of a sandbox stands for. */
  record Target(Source source, HttpUrl url) {}

  static Source of(Registry registry, Supplier<OkHttpClient> http) {
    return new Source(Place.of(registry), new Upstream(registry, http));
  }

  Registry registry() {
    return place.registry();
  }

  /** What a path stands for; empty if it does not belong to the registry. */
  Optional<Target> at(RegistryPath path) {
    return place.outside(path).map(url -> new Target(this, url));
  }
}
