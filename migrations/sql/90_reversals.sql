-- A weighing taken back: asked for by one, confirmed by another.

-- Weighings that are taken back or asked to be: they fill no lot.
CREATE VIEW weighing_taken_back WITH (security_invoker = true) AS
  SELECT cooperative_id, fy, no FROM weighing WHERE false;
GRANT SELECT ON weighing_taken_back TO :app;
