package io.numa.avatar.agent.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names values by their content, to compare large ones without keeping them. */
public final class Fingerprint {
  private static final ObjectWriter JSON =
      new ObjectMapper().writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private Fingerprint() {}

  /** The same text for equal values, and no other one. */
  public static String of(JsonNode... values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        for (JsonNode value : values) {
          JSON.writeValue(out, value);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
