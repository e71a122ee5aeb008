package io.numa.avatar.egress.registry.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import io.numa.avatar.port.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the login goes, on an internet that answers the first request with a redirection. */
class UpstreamTest {
  private static final String START = "https://nexus.example/m2/a.jar";

  private final List<Request> sent = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "/m2/b.jar, true",
    "https://nexus.example/other/b.jar, true",
    "https://NEXUS.example:443/b.jar, true",
    "//nexus.example/b.jar, true",
    "https://nexus.example:8443/b.jar, false",
    "https://cdn.example/b.jar, false",
    "https://nexus.example.evil.example/b.jar, false",
    "https://nexus.example@evil.example/b.jar, false",
    "https://a:b@cdn.example/b.jar, false"
  })
  void theLoginGoesToTheRegistryAlone(String location, boolean withLogin) throws IOException {
    try (Response response = fetch(START, location)) {
      assertThat(response.code()).isEqualTo(200);
    }

    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).header("Private-Token")).isEqualTo("t");
    assertThat(sent.get(1).header("Private-Token")).isEqualTo(withLogin ? "t" : null);
    assertThat(sent.get(1).header("Authorization")).isNull();
    assertThat(sent.get(1).url().username()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://nexus.example/m2/b.jar",
        "http://cdn.example/b.jar",
        "file:///etc/passwd",
        "ftp://nexus.example/",
        "http:///",
        "https://"
      })
  void whereNothingIsSafeNothingIsSent(String location) {
    assertThatThrownBy(() -> fetch(START, location)).isInstanceOf(IOException.class);
    assertThat(sent).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"https://nexus.example/m2/a.jar", "http://nexus.example:81/m2/a.jar"})
  void anotherSchemeOrPortThanTheRegistrysHasNoLogin(String url) throws IOException {
    fetch("http://nexus.example/m2/a.jar", url).close();

    assertThat(sent.get(1).header("Private-Token")).isNull();
  }

  private Response fetch(String start, String location) throws IOException {
    var http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  sent.add(chain.request());
                  return answer(chain.request(), sent.size() == 1 ? location : "");
                })
            .build();
    var registry =
        new Registry(
            RegistryKind.MAVEN,
            "m",
            URI.create(start.replace("a.jar", "")),
            Optional.of(Login.named("Private-Token", new Secret("t"))),
            Optional.empty(),
            "test");
    return new Upstream(registry, () -> http).fetch(new Request.Builder().url(start).build());
  }

  private static Response answer(Request request, String location) {
    var answer =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(location.isEmpty() ? 200 : 302)
            .message("")
            .body(ResponseBody.create("", null));
    return location.isEmpty() ? answer.build() : answer.header("Location", location).build();
  }
}
