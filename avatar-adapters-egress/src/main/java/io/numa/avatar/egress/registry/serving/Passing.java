package io.numa.avatar.egress.registry.serving;

import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which requests pass: what fetching needs, and npm's audit. */
final class Passing {
  private static final String NOTHING_PUBLISHED =
      "Nothing can be published, changed or deleted from a task: its registries only fetch.";
  private static final String NO_ACCOUNT =
      "Accounts and tokens of the registry cannot be reached from a task.";

  /** What npm asks a registry beside packages. */
  private static final Pattern NPM_QUESTIONS =
      Pattern.compile(
          "-/(?:v1/search|ping|package/.+/dist-tags|npm/v1/keys|npm/v1/attestations/.+"
              + "|npm/v1/security/.+)");

  private static final Pattern NPM_AUDIT =
      Pattern.compile("-/npm/v1/security/(?:advisories/bulk|audits|audits/quick)");

  private Passing() {}

  /** Why a request must not pass; empty if it may. */
  static Optional<String> refusal(Registry registry, String method, RegistryPath path) {
    boolean npm = registry.kind() == RegistryKind.NPM;
    String asked = npm ? path.below(registry.path()) : "";
    if (method.equals("POST") && NPM_AUDIT.matcher(asked).matches()) {
      return Optional.empty();
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Optional.of(NOTHING_PUBLISHED);
    }
    return asked.startsWith("-/") && !NPM_QUESTIONS.matcher(asked).matches()
        ? Optional.of(NO_ACCOUNT)
        : Optional.empty();
  }
}
