package io.numa.avatar.git.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kind of service that a Git host runs. It decides which user name belongs to a token. */
public enum HostingService {
  /** github.com, GitHub Enterprise. */
  GITHUB("x-access-token", "github.com", "ghe.com"),
  /** gitlab.com, self-managed GitLab. Deploy tokens have their own user names. */
  GITLAB("oauth2", "gitlab.com"),
  /** Gitea, Forgejo and Gogs accept any user name with a token. */
  GITEA("token", "codeberg.org", "gitea.com"),
  GITEE("oauth2", "gitee.com"),
  /** Bitbucket Cloud. API tokens and app passwords have their own user names. */
  BITBUCKET("x-token-auth", "bitbucket.org"),
  /** Azure Repos accepts any user name with a token. */
  AZURE("token", "dev.azure.com", "visualstudio.com"),
  /** Gerrit has no common user name for tokens: each user logs in by name. */
  GERRIT(""),
  /** Any other host. */
  PLAIN("");

  private final String tokenUser;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which nothing changes
  private final List<String> domains;

  HostingService(String tokenUser, String... domains) {
    this.tokenUser = tokenUser;
    this.domains = List.of(domains);
  }

  /** The service with this name in configurations; empty if there is none. */
  public static Optional<HostingService> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  /**
   * Guesses the service by a host's name: a well-known name, or a name that begins with the name of
   * its software, such as {@code gitlab.example.com}.
   *
   * @param host without a port, in upper or lower case
   * @return {@link #PLAIN} if the name does not tell
   */
  public static HostingService guess(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(service -> service.hasDomainOf(name))
        .findFirst()
        .orElseGet(() -> name.endsWith(".googlesource.com") ? GERRIT : byFirstLabel(name));
  }

  private boolean hasDomainOf(String host) {
    return domains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
  }

  private static HostingService byFirstLabel(String host) {
    int dot = host.indexOf('.');
    return switch (dot < 0 ? "" : host.substring(0, dot)) {
      case "github" -> GITHUB;
      case "gitlab" -> GITLAB;
      case "gitea", "forgejo", "gogs" -> GITEA;
      case "gerrit" -> GERRIT;
      default -> PLAIN;
    };
  }

  /** The name of the service in configurations. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The user name for a token; empty if each token belongs to a named user. */
  Optional<String> tokenUser() {
    return Optional.of(tokenUser).filter(user -> !user.isEmpty());
  }
}
