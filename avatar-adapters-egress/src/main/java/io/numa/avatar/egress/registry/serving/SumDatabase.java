package io.numa.avatar.egress.registry.serving;

import io.numa.avatar.egress.registry.GoSetup;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The database of checksums that Go verifies modules with. Go asks its proxy for it. A proxy that
 * has none is no reason to verify nothing: the avatar then asks the database, whose answers are
 * signed.
 *
 * @param url ends with a slash
 */
record SumDatabase(String name, HttpUrl url) {
  /** Go knows this server as another address of the usual database. */
  private static final String CHINA = "sum.golang.google.cn";

  /** The database of a setup; empty where nothing is verified. */
  static Optional<SumDatabase> of(GoSetup setup) {
    String[] words = setup.sumDatabase().strip().split("\\s+", -1);
    String name = words[0].split("\\+", 2)[0];
    if (name.equals("off") || name.isEmpty()) {
      return Optional.empty();
    }
    String known = name.equals(CHINA) ? GoSetup.SUM_DATABASE : name;
    HttpUrl url = HttpUrl.parse((words.length > 1 ? words[1] : "https://" + name) + "/");
    return Optional.ofNullable(url).map(found -> new SumDatabase(known, found));
  }

  /** The question to the database in a path below the folder of a proxy; empty if it is none. */
  Optional<String> question(RegistryPath path, String folder) {
    String start = folder + "sumdb/" + name + "/";
    return path.path().startsWith(start)
        ? Optional.of(path.path().substring(start.length()) + path.query())
        : Optional.empty();
  }

  /** How a client asks whether the proxy answers for the database. */
  static boolean isOffer(String question) {
    return question.equals("supported");
  }

  Optional<HttpUrl> at(String question) {
    return Optional.ofNullable(url.resolve(question))
        .filter(to -> ServerOrigin.of(to).equals(ServerOrigin.of(url)));
  }
}
