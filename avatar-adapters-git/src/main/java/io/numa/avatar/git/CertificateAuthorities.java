package io.numa.avatar.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities of a PEM file, trusted beside those of the JDK. */
public final class CertificateAuthorities {
  private final Path file;
  private final SSLSocketFactory sockets;

  private CertificateAuthorities(Path file, SSLSocketFactory sockets) {
    this.file = file;
    this.sockets = sockets;
  }

  /**
   * Reads them, once and for all.
   *
   * @throws IOException if the file cannot be read, or holds no certificate
   */
  public static CertificateAuthorities read(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> own =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (own.isEmpty()) {
        throw new IOException("it holds no certificate");
      }
      return new CertificateAuthorities(pem, sockets(own));
    } catch (GeneralSecurityException e) {
      throw new IOException("it holds no certificates in PEM that can be read", e);
    }
  }

  private static SSLSocketFactory sockets(Collection<? extends Certificate> own)
      throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int count = 0;
    for (Certificate one : own) {
      all.setCertificateEntry("own-" + count++, one);
    }
    for (TrustManager usual : managers(null)) {
      if (usual instanceof X509TrustManager x509) {
        for (X509Certificate one : x509.getAcceptedIssuers()) {
          all.setCertificateEntry("usual-" + count++, one);
        }
      }
    }
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers(all), null);
    return context.getSocketFactory();
  }

  /** Those that trust a store; the JDK's own for null. */
  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  SSLSocketFactory sockets() {
    return sockets;
  }

  @Override
  public String toString() {
    return "CertificateAuthorities[" + file + "]";
  }
}
