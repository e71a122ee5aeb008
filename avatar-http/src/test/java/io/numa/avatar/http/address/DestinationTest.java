package io.numa.avatar.http.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.RepositoryUrl;
import java.net.URL;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationTest {
  private static Destination of(String url) {
    return Destination.of(HttpUrl.get(url));
  }

  @Test
  void isTheSameForEachKindOfUrl() throws Exception {
    var to = new Destination("https", "::1", 443);

    assertThat(Destination.of(new URL("https://[::1]/a"))).isEqualTo(to);
    assertThat(Destination.of(HttpUrl.get("https://[::1]/a"))).isEqualTo(to);
    assertThat(Destination.of(RepositoryUrl.parse("HTTPS://[::1]/a"))).isEqualTo(to);
  }

  @Test
  void givesIpv6BracketsInAUri() {
    assertThat(of("http://[::1]:81/").authority()).isEqualTo("[::1]:81");
    assertThat(of("http://a.example/").authority()).isEqualTo("a.example:80");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example, true",
    "http://a.example, false",
    "http://localhost, true",
    "http://127.0.0.2:81, true",
    "http://[::1], true",
    "http://[::2], false",
    "http://127.0.0.1.example, false"
  })
  void isConfidentialWithEncryptionOrWithinThisMachine(String url, boolean confidential) {
    assertThat(of(url).isConfidential()).isEqualTo(confidential);
  }
}
