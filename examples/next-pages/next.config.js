export default {
  rewrites: () => [{ source: '/kassa/:path*', destination: '/api/kassa/:path*' }],
};
