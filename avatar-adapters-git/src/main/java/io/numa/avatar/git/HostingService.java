package io.numa.avatar.git;

import java.util.Locale;

/** The kinds of services that host repositories, which differ in how one signs in and asks. */
public enum HostingService {
  GITHUB,
  GITLAB,
  GITEA,
  GITEE,
  BITBUCKET,
  AZURE,
  GERRIT,
  PLAIN;

  /** The service as the configuration spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The service that a host's name suggests; {@link #PLAIN} where it suggests none. */
  public static HostingService ofHost(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.contains("github") || name.endsWith(".ghe.com")) {
      return GITHUB;
    }
    if (name.contains("gitlab")) {
      return GITLAB;
    }
    if (name.contains("gitea") || name.contains("forgejo") || name.equals("codeberg.org")) {
      return GITEA;
    }
    if (name.contains("gitee")) {
      return GITEE;
    }
    if (name.contains("bitbucket")) {
      return BITBUCKET;
    }
    if (name.equals("dev.azure.com") || name.endsWith(".visualstudio.com")) {
      return AZURE;
    }
    return name.contains("gerrit") || name.endsWith(".googlesource.com") ? GERRIT : PLAIN;
  }
}
