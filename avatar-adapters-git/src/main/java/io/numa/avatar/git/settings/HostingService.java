package io.numa.avatar.git.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kind of service a Git host runs. It decides by which user name a token logs in. */
public enum HostingService {
  /** github.com, GitHub Enterprise. */
  GITHUB("x-access-token"),
  /** gitlab.com, GitLab of one's own. Deploy tokens have user names of their own. */
  GITLAB("oauth2"),
  /** Gitea, Forgejo and Gogs: any user name goes with a token. */
  GITEA("token"),
  GITEE("oauth2"),
  /** Bitbucket Cloud. API tokens and app passwords have user names of their own. */
  BITBUCKET("x-token-auth"),
  /** Azure Repos: any user name goes with a token. */
  AZURE("token"),
  /** Gerrit knows its users by name only. */
  GERRIT(""),
  /** Any other host. */
  PLAIN("");

  private static final List<String> GITHUBS = List.of("github.com", "ghe.com");
  private static final List<String> GITEAS = List.of("codeberg.org", "gitea.com");
  private static final List<String> AZURES = List.of("dev.azure.com", "visualstudio.com");

  private final String tokenUser;

  HostingService(String tokenUser) {
    this.tokenUser = tokenUser;
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
    if (isOf(name, GITHUBS)) {
      return GITHUB;
    }
    if (isOf(name, GITEAS)) {
      return GITEA;
    }
    if (isOf(name, AZURES)) {
      return AZURE;
    }
    if (isOf(name, List.of("gitlab.com"))) {
      return GITLAB;
    }
    if (isOf(name, List.of("gitee.com"))) {
      return GITEE;
    }
    if (isOf(name, List.of("bitbucket.org"))) {
      return BITBUCKET;
    }
    return name.endsWith(".googlesource.com") ? GERRIT : byFirstLabel(name);
  }

  private static boolean isOf(String host, List<String> domains) {
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
