/** What only the container images have: the program that asks for health. Uses the JDK alone. */
package io.certrail.docker;
