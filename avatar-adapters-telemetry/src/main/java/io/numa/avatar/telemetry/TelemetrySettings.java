package io.numa.avatar.telemetry;

import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;

/**
 * Where traces go.
 *
 * @param url an {@code http} or {@code https} URL of a collector, without a query; {@code
 *     /v1/traces} is added if its path does not end so
 * @param headers sent with each request
 * @param avatar the id of this avatar
 * @param version of this program
 * @param redactor hides secrets in what tasks and agents name
 * @param network sets proxies and certificates; the identity keeps those of the JVM
 */
public record TelemetrySettings(
    URI url,
    Map<String, Secret> headers,
    String avatar,
    String version,
    Redactor redactor,
    UnaryOperator<OkHttpClient.Builder> network) {
  private static final String PATH = "/v1/traces";

  public TelemetrySettings {
    headers = Map.copyOf(headers);
  }

  /** The URL that requests go to. */
  String endpoint() {
    String base = url.toString().replaceFirst("/+$", "");
    return base.endsWith(PATH) ? base : base + PATH;
  }
}
