package io.certrail.it.shop;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;

/** Answers with 64 MiB, more than any buffer on the way holds. */
@WebServlet("/large")
public class LargeServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] piece = new byte[64 * 1024];
        Arrays.fill(piece, (byte) '.');
        response.setContentType("text/plain");
        for (int i = 0; i < 1024; i++) {
            response.getOutputStream().write(piece);
        }
    }
}
