package io.numa.avatar.git.forge;

import io.numa.avatar.http.HttpTransport;
import io.numa.avatar.http.address.Destination;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Finds the service behind a repository's address, and the URL of its API. */
final class Services {
  /** The host, the path of the repository, and the number of a change request. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "https?://([^/:]+)(?::[0-9]+)?/(.+?)(?:/-)?/(?:pull|pulls|merge_requests)/"
              + "([1-9][0-9]{0,9})/?");

  private final ForgeSettings settings;
  private final HttpTransport transport;
  private final Clock clock;

  Services(ForgeSettings settings, HttpTransport transport, Clock clock) {
    this.settings = settings;
    this.transport = transport;
    this.clock = clock;
  }

  /**
   * @throws PortException of kind {@code NOT_FOUND} if there is no API for that repository, {@code
   *     UNAUTHORIZED} if there is no credential, or the token would be sent unencrypted
   */
  Forge of(RepositoryUrl address) {
    ForgeHost host = host(address);
    ApiClient api = api(host, address);
    Project project = project(host, address);
    return switch (host.service()) {
      case GITHUB -> new GitHubForge(api, project, GitHubDialect.GITHUB);
      case GITLAB -> new GitLab(api, project);
      case GITEA -> new GitHubForge(api, project, GitHubDialect.GITEA);
      case GITEE -> new GitHubForge(api, project, GitHubDialect.GITEE);
      case BITBUCKET -> new Bitbucket(api, project);
      case AZURE, GERRIT, PLAIN -> throw unknown(address, host.service().word());
    };
  }

  /**
   * The reviews of a repository; empty if its service's API does not tell them.
   *
   * @throws PortException as of {@link #of}
   */
  Optional<ReviewForge> reviews(RepositoryUrl address) {
    ForgeHost host = host(address);
    return switch (host.service()) {
      case GITHUB -> Optional.of(new GitHubReviews(api(host, address), project(host, address)));
      case GITLAB -> Optional.of(new GitLabReviews(api(host, address), project(host, address)));
      case GITEA -> Optional.of(new GiteaReviews(api(host, address), project(host, address)));
      case GITEE, BITBUCKET, AZURE, GERRIT, PLAIN -> Optional.empty();
    };
  }

  /**
   * The number of a change request.
   *
   * @param url its web address
   * @throws PortException of kind {@code NOT_FOUND} if that is not one of this repository
   */
  String number(RepositoryUrl address, String url) {
    String path = project(host(address), address).fullName();
    Matcher matcher = NUMBER.matcher(url);
    boolean same =
        matcher.matches()
            && withoutSsh(address.host()).equalsIgnoreCase(matcher.group(1))
            && ("/" + matcher.group(2)).endsWith("/" + path);
    if (!same) {
      throw new PortException(
          FailureKind.NOT_FOUND,
          "could not read '" + url + "': it is no change request of '" + address + "'");
    }
    return matcher.group(3);
  }

  private ApiClient api(ForgeHost host, RepositoryUrl address) {
    HttpUrl root = root(host, address);
    requireSafe(host, root);
    var failures = new ApiFailures(host, root, settings, clock);
    return new ApiClient(host, root, transport, settings, failures);
  }

  private ForgeHost host(RepositoryUrl address) {
    if (address.transport() == RepositoryUrl.Transport.LOCAL) {
      throw unknown(address, "a folder");
    }
    return settings.hosts().stream()
        .filter(host -> host.matches(api(address)))
        .findFirst()
        .orElseThrow(
            () ->
                new PortException(
                    FailureKind.UNAUTHORIZED,
                    "could not open a change request at '"
                        + address
                        + "': there is no credential for '"
                        + address.host()
                        + "' under git.credentials"));
  }

  /** The usual place of the API. An SSH address does not tell its port. */
  private static Destination api(RepositoryUrl address) {
    return address.transport() == RepositoryUrl.Transport.SSH
        ? new Destination("https", address.host(), 443)
        : Destination.of(address);
  }

  /** The server of a URL of the configuration. */
  static Destination destination(URI url) {
    int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    return new Destination(
        url.getScheme(), url.getHost(), url.getPort() < 0 ? usual : url.getPort());
  }

  /** The name of the pages' host, if a service has another one for SSH. */
  static String withoutSsh(String host) {
    return host.replaceFirst("^(?:alt)?ssh\\.", "");
  }

  static Project project(ForgeHost host, RepositoryUrl address) {
    return Project.of(address, place(root(host, address), suffix(host, address)));
  }

  static HttpUrl root(ForgeHost host, RepositoryUrl address) {
    String url = host.apiUrl().map(URI::toString).orElseGet(() -> guess(host, address));
    HttpUrl root = HttpUrl.parse(url);
    if (root == null) {
      throw unknown(address, "'" + url + "'");
    }
    return root;
  }

  private static String guess(ForgeHost host, RepositoryUrl address) {
    String name = withoutSsh(address.host());
    return switch (host.service()) {
      case GITHUB ->
          name.equals("github.com")
              ? "https://api.github.com"
              : name.endsWith(".ghe.com") ? "https://api." + name : origin(address) + "/api/v3";
      case BITBUCKET ->
          name.equals("bitbucket.org") ? "https://api.bitbucket.org/2.0" : origin(address) + "/2.0";
      default -> origin(address) + suffix(host, address);
    };
  }

  /** The usual path of the API below the service's address. */
  private static String suffix(ForgeHost host, RepositoryUrl address) {
    return switch (host.service()) {
      case GITHUB -> "/api/v3";
      case GITLAB -> "/api/v4";
      case GITEA -> "/api/v1";
      case GITEE -> "/api/v5";
      case BITBUCKET -> "/2.0";
      case AZURE, GERRIT, PLAIN -> throw unknown(address, host.service().word());
    };
  }

  /** The usual address of a host's web pages. */
  static String origin(RepositoryUrl address) {
    boolean plain = address.transport() == RepositoryUrl.Transport.HTTP;
    boolean web = plain || address.transport() == RepositoryUrl.Transport.HTTPS;
    return (plain ? "http://" : "https://")
        + withoutSsh(address.host())
        + (web && address.port() >= 0 ? ":" + address.port() : "");
  }

  /** The path below which the service is, if it shares its host with others. */
  private static String place(HttpUrl root, String suffix) {
    String path = root.encodedPath().replaceAll("/+$", "");
    return path.endsWith(suffix)
        ? path.substring(0, path.length() - suffix.length()).replaceFirst("^/", "")
        : "";
  }

  private static void requireSafe(ForgeHost host, HttpUrl root) {
    if (!Destination.of(root).isConfidential() && !host.allowInsecureHttp()) {
      throw new PortException(
          FailureKind.UNAUTHORIZED,
          "could not ask '"
              + root.host()
              + "': the token would travel over plain http; use https, or set"
              + " allow_insecure_http beside it under git.credentials");
    }
  }

  private static PortException unknown(RepositoryUrl address, String what) {
    return new PortException(
        FailureKind.NOT_FOUND,
        "could not open a change request at '" + address + "': no API is known for it at " + what);
  }
}
