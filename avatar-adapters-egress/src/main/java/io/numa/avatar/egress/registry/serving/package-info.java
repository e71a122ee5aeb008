/**
 * Serves registries to sandboxes over HTTP, and fetches from them outside, with TLS and logins.
 *
 * <p>Requests come from untrusted code. They are read by HttpComponents Core, and only what
 * fetching needs is passed on. The servers listen on UNIX sockets, as every user of this machine
 * can connect to a port of its loopback.
 */
@NullMarked
package io.numa.avatar.egress.registry.serving;

import org.jspecify.annotations.NullMarked;
