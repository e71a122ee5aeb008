/** The avatar as a service of systemd. */
@NullMarked
package io.numa.avatar.cli.service;

import org.jspecify.annotations.NullMarked;
