/**
 * The server's requests and answers, by the JDK's HTTP server: bounded threads, bounded requests,
 * and a watchdog for clients that neither send nor take.
 */
@NullMarked
package io.numa.avatar.server.http;

import org.jspecify.annotations.NullMarked;
