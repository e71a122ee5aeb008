package io.numa.avatar.git.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kind of service a Git host runs. It decides by which user name a token logs in. */
public enum HostingService {
  /** github.com, GitHub Enterprise. */
  GITHUB("x-access-token", "github.com", "ghe.com"),
  /** gitlab.com, self-managed GitLab. Deploy tokens have user names of their own. */
  GITLAB("oauth2", "gitlab.com"),
  /** Gitea, Forgejo and Gogs: any user name goes with a token. */
  GITEA("token", "codeberg.org", "gitea.com"),
  GITEE("oauth2", "gitee.com"),
  /** Bitbucket Cloud. API tokens and app passwords have user names of their own. */
  BITBUCKET("x-token-auth", "bitbucket.org"),
  /** Azure Repos: any user name goes with a token. */
  AZURE("token", "dev.azure.com", "visualstudio.com"),
  /** Gerrit has no user name for tokens: each user has a name. */
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

  /** The service of that word. */
  public static Optional<HostingService> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  /**
   * Guesses the service by a host's name: a well-known one, or one that begins with the name of its
   * software, such as {@code gitlab.example.com}.
   *
   * @param host without a port, in any case
   * @return {@link #PLAIN} where the name says nothing
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

  /** The service as configurations spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The user name that goes with a token; empty where tokens belong to users of a name. */
  Optional<String> tokenUser() {
    return Optional.of(tokenUser).filter(user -> !user.isEmpty());
  }
}
