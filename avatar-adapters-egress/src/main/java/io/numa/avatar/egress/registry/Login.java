package io.numa.avatar.egress.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Secret;
import java.util.Base64;

/**
 * How the avatar logs in to a registry: one header of each request.
 *
 * @param header the header's name
 * @param value the header's value
 * @param secret the part of the value that is secret as it was configured: a password or a token
 */
public record Login(String header, Secret value, Secret secret) {
  private static final String AUTHORIZATION = "Authorization";

  public Login {
    if (!header.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException("not the name of a header");
    }
    if (!value.reveal().chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'))) {
      throw new IllegalArgumentException("a login must consist of printable ASCII characters");
    }
  }

  /** User name and password. */
  public static Login basic(String username, Secret password) {
    byte[] pair = (username + ":" + password.reveal()).getBytes(UTF_8);
    return authorization("Basic " + Base64.getEncoder().encodeToString(pair), password);
  }

  /** User name and password that are already joined by a colon and encoded as Base64. */
  public static Login encoded(Secret pair) {
    return authorization("Basic " + pair.reveal(), pair);
  }

  public static Login bearer(Secret token) {
    return authorization("Bearer " + token.reveal(), token);
  }

  /** The token alone, as Cargo sends it. */
  public static Login bare(Secret token) {
    return authorization(token.reveal(), token);
  }

  /** A header of the registry's own, such as {@code Private-Token}. */
  public static Login named(String header, Secret value) {
    return new Login(header, value, value);
  }

  private static Login authorization(String value, Secret secret) {
    return new Login(AUTHORIZATION, new Secret(value), secret);
  }
}
